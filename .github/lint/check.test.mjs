import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "./check.mjs";

const HASH = "de0fac2e4500dabe0009e67214ff5f5447ce83dd";
const GOOD = `
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@${HASH} # v6.0.2
        with:
          persist-credentials: false
      - run: echo "$GITHUB_REF_NAME"
`;

/** @param {string} from @param {string} to */
const broken = (from, to) => {
  const text = GOOD.replace(from, to);
  assert.notEqual(text, GOOD);
  return faults(text).join("\n");
};

test("a careful workflow has no faults", () => assert.deepEqual(faults(GOOD), []));

test("a word that GitHub does not know is found", () => {
  assert.match(broken("timeout-minutes", "timeout-hours"), /Unexpected value 'timeout-hours'/);
  assert.match(broken("- run: ", "- if: ${{ secrets.KEY }}\n        run: "), /Unrecognized named-value: 'secrets'/);
});

test("an action by tag, by branch or without its version is found", () => {
  assert.match(broken(HASH, "v6"), /not pinned/);
  assert.match(broken(HASH, "main"), /not pinned/);
  assert.match(broken(" # v6.0.2", ""), /does not say its version/);
});

test("permissions for everything or for nobody knows what are found", () => {
  assert.match(broken("permissions: {}", "permissions: write-all"), /without any permission/);
  assert.match(broken("    permissions: { contents: read }\n", ""), /must name its permissions/);
});

test("a job without an end is found", () => {
  assert.match(broken("    timeout-minutes: 5\n", ""), /for ever/);
});

test("an expression inside a script is found", () => {
  assert.match(broken('"$GITHUB_REF_NAME"', "${{ github.ref_name }}"), /can be code/);
});

test("credentials left behind are found", () => {
  assert.match(broken("persist-credentials: false", "fetch-depth: 0"), /credentials/);
});

test("secrets for strangers are found", () => {
  assert.match(broken("on: push", "on: { pull_request_target: {} }"), /strangers/);
});
