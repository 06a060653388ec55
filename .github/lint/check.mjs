// The workflows as GitHub itself reads them, and our own rules for them.

import { readFileSync, readdirSync } from "node:fs";
import { register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMap, isScalar, parseDocument, visit } from "yaml";

register("./json.mjs", import.meta.url);
const { NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");

/**
 * What is wrong with a workflow, in sentences.
 * @param {string} text
 * @returns {string[]}
 */
export function faults(text) {
  const document = parseDocument(text);
  const errors = document.errors.map((error) => error.message);
  if (errors.length > 0) return errors;
  const workflow = document.toJS();
  const read = parseWorkflow({ name: "workflow", content: text }, new NoOperationTraceWriter());
  errors.push(...read.context.errors.getErrors().map((error) => error.message));
  if (JSON.stringify(workflow.permissions) !== "{}") errors.push("the workflow must start without any permission");
  if ("pull_request_target" in Object(workflow.on)) errors.push("pull_request_target gives secrets to strangers");
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    if (!job.permissions) errors.push(`job ${name} must name its permissions`);
    if (!job.uses && !job["timeout-minutes"]) errors.push(`job ${name} may run for ever`);
  }
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value)) return;
      if (key.value === "uses") errors.push(...pinFaults(String(value.value), value.comment));
      if (key.value === "run" && /\$\{\{/.test(String(value.value))) {
        errors.push(`an expression inside a script can be code: ${String(value.value).trim()}`);
      }
    },
    Map(_, step) {
      const uses = String(step.get("uses") ?? "");
      if (!uses.startsWith("actions/checkout@")) return;
      const options = step.get("with");
      if (!isMap(options) || options.get("persist-credentials") !== false) {
        errors.push("checkout must not leave its credentials behind");
      }
    },
  });
  return errors;
}

/**
 * @param {string} uses
 * @param {string | null | undefined} comment
 * @returns {string[]}
 */
function pinFaults(uses, comment) {
  if (uses.startsWith("./")) return [];
  if (!/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)) return [`${uses} is not pinned by its commit`];
  if (!/^ v\d+\.\d+\.\d+$/.test(comment ?? "")) return [`${uses} does not say its version`];
  return [];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2] ?? "";
  for (const name of readdirSync(folder)) {
    const found = faults(readFileSync(join(folder, name), "utf8"));
    for (const fault of found) console.error(`${name}: ${fault}`);
    if (found.length > 0) process.exitCode = 1;
    else console.log(`   ${name}: fine`);
  }
}
