import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { config, manifest } from "./updates.mjs";

const KEYS = { TAURI_SIGNING_PRIVATE_KEY: "secret", UPDATE_PUBLIC_KEY: "public", GITHUB_REPOSITORY: "o/r" };

test("without both halves of a key there are no updates", () => {
  assert.deepEqual(config({ ...KEYS, TAURI_SIGNING_PRIVATE_KEY: "" }), {});
  assert.deepEqual(config({ ...KEYS, UPDATE_PUBLIC_KEY: "" }), {});
});

test("with a key, only signed versions from the project's own releases", () => {
  const { bundle, plugins } = config(KEYS);
  assert.equal(bundle?.createUpdaterArtifacts, true);
  assert.deepEqual(plugins?.updater, {
    pubkey: "public",
    endpoints: ["https://github.com/o/r/releases/latest/download/latest.json"],
    requireSignedVersion: true,
  });
  assert.doesNotMatch(JSON.stringify({ bundle, plugins }), /secret/);
});

const FILES = new Map([
  ["Pachca-Status_1.2.3_amd64.AppImage.sig", "a\n"],
  ["Pachca-Status_1.2.3_aarch64.AppImage.sig", "b"],
  ["Pachca-Status_1.2.3_x64-setup.exe.sig", "c"],
  ["Pachca-Status_1.2.3_universal.app.tar.gz.sig", "d"],
]);
const RELEASE = { files: FILES, version: "1.2.3", notes: "\n- New\n", date: "2026-12-01T00:00:00Z", folder: "https://x/v1.2.3" };

test("every system finds its package and signature", () => {
  const list = manifest(RELEASE);
  assert.equal(list?.version, "1.2.3");
  assert.equal(list?.notes, "- New");
  assert.deepEqual(list?.platforms["linux-x86_64"], { url: "https://x/v1.2.3/Pachca-Status_1.2.3_amd64.AppImage", signature: "a" });
  assert.equal(list?.platforms["darwin-aarch64"]?.signature, "d");
  assert.deepEqual(list?.platforms["darwin-x86_64"], list?.platforms["darwin-aarch64"]);
  assert.equal(list?.platforms["windows-x86_64"]?.signature, "c");
});

test("a release without signatures has no list, and half of them is a mistake", () => {
  assert.equal(manifest({ ...RELEASE, files: new Map() }), null);
  const half = new Map([...FILES].slice(1));
  assert.throws(() => manifest({ ...RELEASE, files: half }), /no signature for linux-x86_64/);
  assert.throws(() => manifest({ ...RELEASE, files: new Map([["x.deb.sig", "e"]]) }), /nobody updates/);
});

test("the bundler can be installed on every system it is for, whichever wrote the lock file", () => {
  const { packages } = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url), "utf8"));
  const bundler = packages["node_modules/@tauri-apps/cli"];
  const missing = Object.keys(bundler.optionalDependencies).filter((name) => !packages[`node_modules/${name}`]);
  assert.deepEqual(missing, [], "npm install --package-lock-only --prefix packaging");
});
