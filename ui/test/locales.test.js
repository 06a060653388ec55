/**
 * Both languages say the same things, the window asks for nothing that is not said, and nothing is said in
 * vain.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { FluentResource } from '@fluent/bundle';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const languages = /** @type {const} */ (['ru', 'en']);
/** Everything said in a language, whichever of its two files it is in. @param {string} language */
const sentences = (language) =>
  `${read(`locales/${language}.ftl`)}\n${read(`locales/window.${language}.ftl`)}`;
const resources = Object.fromEntries(
  languages.map((language) => [language, new FluentResource(sentences(language))]),
);

/** @param {'ru' | 'en'} language */
function ids(language) {
  return new Set(/** @type {FluentResource} */ (resources[language]).body.map((entry) => entry.id));
}

/** Sections of the window; the others are said by the tray, too, and checked in Rust. */
const WINDOW =
  /^(window|page|status|pending|conflict|link|scopes?|quick|recents|composer|emoji|preview|extend|expiry|duration|presets|preset-(edit|new|in-tray)|profile|role|invite|avatar|crop|account|token-(field|no|never|ends|kept-where)|connect|help|keyring|preferences|shortcuts?|server|diagnostics|verdict|requests?|updates|about|close-tip)(-|$)/;
/** Said by the tray although they look like ours, or the other way round. */
const SHARED =
  /^(preset-(away|lunch|meeting|focus|remote|done|call|commut|office|sick|vacation)|token-(loading|slow|missing|kept|session_only|from_environment|locked|denied|no_service|several|rejected)$)/;

/** @returns {Array<{ path: string, text: string }>} */
function sources() {
  const folder = join(root, 'ui/src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js') && !path.endsWith('.test.js') && !path.includes('mock'))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/**
 * @param {string} type
 * @returns {string[]} The words of a generated union of words.
 */
function union(type) {
  const text = read(`ui/src/bindings/${type}.ts`).replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(/"([a-z_:]+)"/g)]
    .map((match) => String(match[1]))
    .filter((word) => word !== 'kind');
}

/**
 * @param {string} type
 * @returns {string[]} The kinds of a generated tagged union.
 */
function kinds(type) {
  return [...read(`ui/src/bindings/${type}.ts`).matchAll(/"kind": "([a-z_]+)"/g)].map((match) =>
    String(match[1]),
  );
}

const pages = union('Page');
/**
 * Sentences whose name is put together, and every name it can have.
 * @type {Record<string, readonly string[]>}
 */
const FAMILIES = {
  'page-': pages,
  'window-link-': ['none', ...kinds('Link'), 'attention'],
  'window-to-': ['account', 'diagnostics', 'preferences'],
  'failure-': union('FailureKind'),
  'error-': union('ErrorCode'),
  'invalid-': union('Invalid'),
  'notice-': kinds('Notice'),
  'token-': union('TokenState'),
  'month-': Array.from({ length: 12 }, (_, index) => String(index + 1)),
  'expiry-': ['end_of_workday', 'end_of_day', 'tomorrow_morning', 'next_working_morning'],
  'expiry-rule-': kinds('Expiry').filter((kind) => kind !== 'minutes' && kind !== 'at'),
  'profile-field-': [
    'nickname',
    'email',
    'phone_number',
    'title',
    'department',
    'role',
    'id',
    'time_zone',
    'last_activity_at',
    'created_at',
    'invite_status',
    'inviter_id',
    'sso',
    'bot',
  ],
  'scope-': union('Scope').map((scope) => scope.replaceAll(/[_:]/g, '-')),
  'help-where-': ['mac', 'windows', 'linux'],
  'preferences-notify-': [
    'failures',
    'delivered',
    'expired',
    'failures-about',
    'delivered-about',
    'expired-about',
  ],
  'preferences-hours-': ['start', 'end'],
  'verdict-': union('Verdict'),
  'request-failure-': union('FailureKind'),
  // As `effects/diagnostics.rs` names them.
  'diagnostics-network-': ['reached', 'offline', 'timeout', 'tls', 'not_pachca', 'unknown'],
  'diagnostics-server-': ['answers', 'paused', 'error', 'not_found', 'unexpected', 'unknown'],
  'diagnostics-token-': [
    'loading',
    'slow',
    'missing',
    'kept',
    'session_only',
    'from_environment',
    'locked',
    'denied',
    'no_service',
    'several',
    'rejected',
  ],
  'diagnostics-scopes-': ['all', 'missing', 'unknown'],
  'diagnostics-keyring-': ['open', 'slow', 'locked', 'denied', 'no_service'],
  'diagnostics-tray-': ['present', 'absent', 'unknown'],
  'diagnostics-files-': ['writable', 'failing', 'damaged', 'newer'],
  'diagnostics-clock-': ['right', 'off', 'unknown'],
  'diagnostics-': ['network', 'server', 'token', 'scopes', 'keyring', 'tray', 'files', 'clock'],
  'role-': ['admin', 'user', 'multi_guest', 'guest'],
  'invite-': ['confirmed', 'sent'],
};
function used() {
  /** @type {Map<string, string>} */
  const ids = new Map();
  for (const { path, text } of sources()) {
    for (const match of text.matchAll(/['`]([a-z][a-z0-9_]*(?:-[a-z0-9_]+)+)['`]/g))
      ids.set(String(match[1]), path);
    for (const match of text.matchAll(/\bt\(\s*'([a-z0-9_-]+)'/g)) ids.set(String(match[1]), path);
  }
  return ids;
}

test('both languages have the same sentences', () => {
  const [ru, en] = [ids('ru'), ids('en')];
  assert.deepEqual(
    [...ru].filter((id) => !en.has(id)),
    [],
    'missing in English',
  );
  assert.deepEqual(
    [...en].filter((id) => !ru.has(id)),
    [],
    'missing in Russian',
  );
});

test('no sentence is given twice', () => {
  for (const language of languages) {
    const all = [...sentences(language).matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1]);
    assert.deepEqual(
      all.filter((id, index) => all.indexOf(id) !== index),
      [],
      language,
    );
  }
});

test('the same arguments go into a sentence in both languages', () => {
  const args = (/** @type {string} */ language) => {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const block of sentences(language).split(/^(?=[a-z][\w-]* =)/m)) {
      const id = /^([a-z][\w-]*) =/.exec(block)?.[1];
      if (id)
        found.set(
          id,
          [...new Set([...block.replace(/^#.*$/gm, '').matchAll(/\$(\w+)/g)].map((match) => match[1]))]
            .sort()
            .join(' '),
        );
    }
    return found;
  };
  const [ru, en] = [args('ru'), args('en')];
  for (const [id, names] of ru) assert.equal(en.get(id), names, id);
});

test('every sentence the window asks for is there', () => {
  const there = ids('ru');
  for (const { path, text } of sources()) {
    for (const match of text.matchAll(/\bt\(\s*'([^']+)'/g))
      assert.ok(there.has(String(match[1])), `${path}: ${match[1]}`);
    for (const match of text.matchAll(/\bt\(\s*[^'`()]*\? '([a-z0-9_-]+)' : '([a-z0-9_-]+)'/g)) {
      assert.ok(there.has(String(match[1])), `${path}: ${match[1]}`);
      assert.ok(there.has(String(match[2])), `${path}: ${match[2]}`);
    }
    for (const match of text.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)) {
      const prefix = String(match[1]);
      assert.ok(prefix in FAMILIES || prefix === '', `${path}: the family ${prefix} is not listed`);
    }
  }
  for (const [prefix, names] of Object.entries(FAMILIES))
    for (const name of names) assert.ok(there.has(prefix + name), prefix + name);
});

test('no sentence of the window is left unused', () => {
  const asked = used();
  const families = new Set(
    Object.entries(FAMILIES).flatMap(([prefix, names]) => names.map((name) => prefix + name)),
  );
  const unused = [...ids('ru')].filter(
    (id) => WINDOW.test(id) && !SHARED.test(id) && !asked.has(id) && !families.has(id),
  );
  assert.deepEqual(unused, []);
});

test('no sentence shouts', () => {
  for (const language of languages)
    assert.doesNotMatch(sentences(language).replace(/^#.*$/gm, ''), /!/, language);
});
