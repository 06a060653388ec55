/**
 * Rules of the window's source that no type can state.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CONTENT_SECURITY_POLICY } from '../build/policy.js';

const ui = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(join(ui, 'src'), { recursive: true, encoding: 'utf8' }).map((path) => ({
  path,
  text: /\.(js|css|ts)$/.test(path) ? readFileSync(join(ui, 'src', path), 'utf8') : '',
}));
const scripts = files.filter(({ path }) => path.endsWith('.js') && !path.endsWith('.test.js'));

test('text never becomes markup or code', () => {
  for (const { path, text } of scripts) {
    assert.doesNotMatch(
      text,
      /\b((inner|outer)HTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment)\b/,
      path,
    );
    assert.doesNotMatch(text, /\bsetHTMLUnsafe\b/, path);
    assert.doesNotMatch(text, /\beval\(|new Function\(|setTimeout\(\s*['"`]|javascript:/, path);
    assert.doesNotMatch(text, /setAttribute\(\s*['"](style|on\w+|srcdoc)['"]/, path);
  }
});

test('one file touches Tauri', () => {
  for (const { path, text } of scripts)
    if (path !== 'ipc.js') assert.doesNotMatch(text, /__TAURI|@tauri-apps/, path);
});

test('nothing is loaded from elsewhere', () => {
  for (const { path, text } of files) {
    if (path.includes('mock') || path.endsWith('.test.js') || path.startsWith('bindings')) continue;
    const addresses = [...text.matchAll(/https?:\/\/[^\s'"`)]+/g)].map((match) => match[0]);
    const allowed = /^(https:\/\/api\.pachca\.com\/api\/shared\/v1|http:\/\/www\.w3\.org\/2000\/svg)$/;
    assert.deepEqual(
      addresses.filter((address) => !allowed.test(address)),
      [],
      path,
    );
  }
});

test('a line fits beside another', () => {
  // Prettier leaves comments and long strings as they are.
  for (const { path, text } of files) {
    if (path.startsWith('bindings')) continue;
    for (const line of text.split('\n')) assert.ok([...line].length <= 110, `${path}: ${line}`);
  }
});

test('every dependency says why it is here', () => {
  const manifest = JSON.parse(readFileSync(join(ui, 'package.json'), 'utf8'));
  assert.deepEqual(
    Object.keys(manifest.dependencyReasons).sort(),
    Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort(),
  );
});

test('the lock file names no download addresses', () => {
  assert.doesNotMatch(readFileSync(join(ui, 'package-lock.json'), 'utf8'), /"resolved"/);
});

test('the policy has no unsafe word, and the app sets this very one', () => {
  assert.doesNotMatch(CONTENT_SECURITY_POLICY, /unsafe/);
  const path = join(ui, '../src-tauri/tauri.conf.json');
  if (!existsSync(path)) return;
  const { csp } = JSON.parse(readFileSync(path, 'utf8')).app.security;
  const directives = (/** @type {string | Record<string, string | string[]>} */ policy) =>
    typeof policy === 'string'
      ? Object.fromEntries(
          policy
            .split(';')
            .map((part) => part.trim().split(/\s+/))
            .filter(([name]) => name)
            .map(([name, ...values]) => [name, values.sort().join(' ')]),
        )
      : Object.fromEntries(
          Object.entries(policy).map(([name, values]) => [
            name,
            (Array.isArray(values) ? values : values.split(/\s+/)).slice().sort().join(' '),
          ]),
        );
  assert.doesNotMatch(JSON.stringify(csp), /unsafe/);
  const [ours, theirs] = [directives(CONTENT_SECURITY_POLICY), directives(csp)];
  for (const name of ['script-src', 'style-src', 'img-src']) assert.equal(theirs[name], ours[name], name);
});

test('every element that a test can reach is in the README', () => {
  const readme = readFileSync(join(ui, 'README.md'), 'utf8');
  const named = new Set();
  for (const { text } of scripts)
    for (const match of text.matchAll(/testid: '([a-z0-9_-]+)'/g)) named.add(match[1]);
  assert.deepEqual([...named].filter((id) => !readme.includes(`\`${id}\``)).sort(), []);
});
