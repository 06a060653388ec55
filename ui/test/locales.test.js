/**
 * Every language says the same things, and nothing is said in vain. That the window asks for nothing that is
 * not said is a matter of types: see `build/sentence-ids.js`.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { parseAst } from 'vite';

import { LANGUAGES, sentencesOf } from '../build/sentence-ids.js';

/** @typedef {{ id: string, value: unknown }} Entry A sentence as Fluent understands it. */

/** @param {string} language @returns {Entry[]} From both of its files. */
const sentences = (language) =>
  [`${language}.ftl`, `window.${language}.ftl`].flatMap((file) => sentencesOf(file).body);

/** @param {string} language */
const idsOf = (language) => sentences(language).map(({ id }) => id);

/**
 * Everything in a tree of plain objects, the tree itself first.
 * @param {unknown} tree
 * @returns {Generator<Record<string, unknown>>}
 */
function* nodes(tree) {
  if (typeof tree !== 'object' || tree === null) return;
  if (!Array.isArray(tree)) yield /** @type {Record<string, unknown>} */ (tree);
  for (const part of Object.values(tree)) yield* nodes(part);
}

/** What the server or the app names in words of their own; the window has a sentence for each of today's. */
const NAMED_ELSEWHERE = {
  role: ['admin', 'user', 'multi_guest', 'guest'],
  invite: ['confirmed', 'sent'],
  'diagnostics-network': ['reached', 'offline', 'timeout', 'tls', 'not_pachca', 'unknown'],
  'diagnostics-server': ['answers', 'paused', 'error', 'not_found', 'unexpected', 'unknown'],
  'diagnostics-token': ['loading', 'slow', 'missing', 'kept', 'session_only', 'from_environment'].concat(
    ['locked', 'denied', 'no_service', 'several', 'rejected'], // And without a way to the token.
  ),
  'diagnostics-scopes': ['all', 'missing', 'unknown'],
  'diagnostics-keyring': ['open', 'slow', 'locked', 'denied', 'no_service'],
  'diagnostics-tray': ['present', 'absent', 'unknown'],
  'diagnostics-files': ['writable', 'failing', 'damaged', 'newer'],
  'diagnostics-clock': ['right', 'off', 'unknown'],
  diagnostics: ['network', 'server', 'token', 'scopes', 'keyring', 'tray', 'files', 'clock'],
};
const elsewhere = Object.entries(NAMED_ELSEWHERE).flatMap(([family, names]) =>
  names.map((name) => `${family}-${name}`),
);

/** @returns {RegExp} Every name that a text or a template of the window's code can come to. */
function askedFor() {
  const src = fileURLToPath(new URL('../src', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.js') && !path.endsWith('.test.js') && !path.includes('mock'),
  );
  /** @type {Set<string>} */
  const asked = new Set();
  for (const file of files) {
    for (const node of nodes(parseAst(readFileSync(join(src, file), 'utf8')))) {
      if (node.type === 'Literal' && typeof node.value === 'string') asked.add(node.value);
      if (node.type === 'TemplateLiteral') {
        const texts = /** @type {Array<{ value: { cooked: string } }>} */ (node.quasis).map(
          ({ value }) => value.cooked,
        );
        asked.add(texts.join('\0'));
      }
    }
  }
  const names = [...asked].filter((text) => {
    const family = text.split('-\0')[0] ?? text;
    return /^[a-z][a-z0-9_-]*(\0[a-z0-9_-]*)*$/.test(text) && !(family in NAMED_ELSEWHERE);
  });
  return new RegExp(`^(${names.join('|').replaceAll('\0', '[a-z0-9_-]+')})$`);
}

test('every language has the same sentences', () => {
  for (const language of LANGUAGES) assert.deepEqual(idsOf(language).sort(), idsOf('ru').sort(), language);
});

test('no sentence is given twice', () => {
  for (const language of LANGUAGES) {
    const ids = idsOf(language);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
      language,
    );
  }
});

test('the same arguments go into a sentence in every language', () => {
  const argsOf = (/** @type {string} */ language) =>
    new Map(
      sentences(language).map(({ id, value }) => {
        const names = [...nodes(value)].filter(({ type }) => type === 'var').map(({ name }) => name);
        return [id, [...new Set(names)].sort().join(' ')];
      }),
    );
  const russian = argsOf('ru');
  for (const language of LANGUAGES) {
    for (const [id, names] of argsOf(language)) assert.equal(names, russian.get(id), `${language}: ${id}`);
  }
});

test('what the server and the app name has its sentence', () => {
  const ids = new Set(idsOf('ru'));
  assert.deepEqual(
    elsewhere.filter((id) => !ids.has(id)),
    [],
  );
});

test('no sentence of the window is left unused', () => {
  const asked = askedFor();
  const known = new Set(elsewhere);
  const unused = sentencesOf('window.ru.ftl').body.filter(({ id }) => !asked.test(id) && !known.has(id));
  assert.deepEqual(
    unused.map(({ id }) => id),
    [],
  );
});

test('no sentence shouts', () => {
  for (const language of LANGUAGES) {
    for (const { id, value } of sentences(language)) {
      assert.ok(!JSON.stringify(value).includes('!'), `${language}: ${id}`);
    }
  }
});
