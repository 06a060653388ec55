// What the release workflow needs for updates: the program's configuration, and the list of what there is.
//
//   node packaging/updates.mjs config                    for `tauri build --config`; `{}` without a key
//   node packaging/updates.mjs manifest FOLDER NOTES.md  writes FOLDER/latest.json and removes the signature files

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The package that replaces itself on each system, by the ending of its name. */
const PACKAGES = new Map([
  ["_amd64.AppImage", ["linux-x86_64"]],
  ["_aarch64.AppImage", ["linux-aarch64"]],
  ["_x64-setup.exe", ["windows-x86_64"]],
  [".app.tar.gz", ["darwin-x86_64", "darwin-aarch64"]],
]);

/**
 * Off unless both halves of the key are there.
 * @param {Record<string, string | undefined>} environment
 */
export function config(environment) {
  const { TAURI_SIGNING_PRIVATE_KEY: secret, UPDATE_PUBLIC_KEY: pubkey, GITHUB_REPOSITORY: repository } = environment;
  if (!secret || !pubkey) return {};
  if (!repository) throw new Error("GITHUB_REPOSITORY is not set");
  return {
    bundle: { createUpdaterArtifacts: true },
    plugins: {
      updater: {
        pubkey,
        endpoints: [`https://github.com/${repository}/releases/latest/download/latest.json`],
        // An older package cannot be passed off as a new version.
        requireSignedVersion: true,
      },
    },
  };
}

/**
 * The list of packages that have a signature beside them; `null` when none has.
 * @param {{ files: Map<string, string>, version: string, notes: string, date: string, folder: string }} release
 *   `files`: each signature file and its content. `folder`: address where the packages will lie.
 */
export function manifest({ files, version, notes, date, folder }) {
  /** @type {Record<string, { url: string, signature: string }>} */
  const platforms = {};
  for (const [file, signature] of files) {
    const name = file.replace(/\.sig$/, "");
    const ending = [...PACKAGES.keys()].find((ending) => name.endsWith(ending));
    if (!ending) throw new Error(`${file}: nobody updates from that`);
    for (const platform of PACKAGES.get(ending) ?? []) {
      if (platforms[platform]) throw new Error(`${file}: ${platform} has two packages`);
      platforms[platform] = { url: `${folder}/${encodeURIComponent(name)}`, signature: signature.trim() };
    }
  }
  if (files.size === 0) return null;
  const missing = [...PACKAGES.values()].flat().filter((platform) => !platforms[platform]);
  if (missing.length > 0) throw new Error(`no signature for ${missing.join(", ")}`);
  return { version, notes: notes.trim(), pub_date: date, platforms };
}

/** @param {string[]} words */
function main([verb, folder = "", notes = ""]) {
  const environment = process.env;
  if (verb === "config") {
    const found = config(environment);
    if (Object.keys(found).length === 0) {
      console.error("::warning title=No updates::TAURI_SIGNING_PRIVATE_KEY or UPDATE_PUBLIC_KEY is not set: this program will not offer updates");
    }
    console.log(JSON.stringify(found));
  } else if (verb === "manifest") {
    const names = readdirSync(folder).filter((name) => name.endsWith(".sig"));
    const { GITHUB_REPOSITORY: repository, GITHUB_REF_NAME: tag = "" } = environment;
    const list = manifest({
      files: new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")])),
      version: tag.replace(/^v/, ""),
      notes: readFileSync(notes, "utf8"),
      date: new Date().toISOString(),
      folder: `https://github.com/${repository}/releases/download/${tag}`,
    });
    // Their content is in the list.
    for (const name of names) rmSync(join(folder, name));
    if (list) writeFileSync(join(folder, "latest.json"), `${JSON.stringify(list, null, 2)}\n`);
  } else {
    throw new Error("config or manifest?");
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
