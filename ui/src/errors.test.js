import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { explain, explainFailure, wasCancelled } from './errors.js';
import { mockError, mockFailure } from './ipc.mock.js';
import { speak } from './words.js';

/** @param {string} type */
const words = (type) =>
  [
    ...readFileSync(new URL(`./bindings/${type}.ts`, import.meta.url), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .matchAll(/"([a-z_]+)"/g),
  ].map((match) => String(match[1]));

for (const lang of /** @type {const} */ (['ru', 'en'])) {
  test(`every error and failure is a sentence with a next step (${lang})`, () => {
    speak(lang);
    for (const code of /** @type {import('./bindings/ErrorCode').ErrorCode[]} */ (words('ErrorCode'))) {
      // Of these the detail is a sentence of its own.
      const detail = code === 'status_invalid' || code === 'preset_invalid' ? 'HEIC.' : 'HEIC';
      const { text } = explain(mockError(code, { detail, token: 'locked' }));
      assert.match(text, /^\p{Lu}.+[.]$/u, code);
    }
    for (const kind of /** @type {import('./bindings/FailureKind').FailureKind[]} */ (words('FailureKind'))) {
      assert.match(explainFailure(mockFailure(kind)).text, /^\p{Lu}.+[.]$/u, kind);
    }
  });
}

test('a missing scope is named and leads to the account', () => {
  speak('en');
  const said = explainFailure(mockFailure('scope_missing', { scope: 'profile_avatar:write' }));
  assert.match(said.text, /profile_avatar:write/);
  assert.equal(said.page, 'account');
});

test('what the person stopped is nothing to report', () => {
  assert.ok(wasCancelled(mockError('cancelled')));
  assert.ok(wasCancelled(mockError('failure', { failure: mockFailure('called_off') })));
  assert.ok(!wasCancelled(mockError('ending')));
});

test('a mistake of our own is said without its insides', () => {
  speak('en');
  const said = explain('invalid args `draft` for command `set_status`');
  assert.doesNotMatch(said.text, /set_status/);
  assert.equal(said.page, 'diagnostics');
});
