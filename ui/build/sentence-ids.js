/**
 * Writes `src/sentences.d.ts`: the name of every sentence as a type, so that `tsc` finds a sentence the
 * window asks for and nobody has written. `npm run check` runs it first; the file is not committed.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { FluentResource } from '@fluent/bundle';

const locales = fileURLToPath(new URL('../../locales/', import.meta.url));

/** Languages there are files for, as `ru`. */
export const LANGUAGES = readdirSync(locales)
  .map((file) => /^window\.(\w+)\.ftl$/.exec(file)?.[1])
  .filter((language) => language !== undefined);

/**
 * @param {string} file In `locales`.
 * @returns {FluentResource}
 */
export const sentencesOf = (file) => new FluentResource(readFileSync(`${locales}${file}`, 'utf8'));

/** @returns {string} */
function declaration() {
  const ids = ['ru.ftl', 'window.ru.ftl'].flatMap((file) => sentencesOf(file).body.map(({ id }) => id));
  return `export type SentenceId =\n${ids.map((id) => `  | '${id}'\n`).join('')};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../src/sentences.d.ts', import.meta.url);
  const text = declaration();
  // Left alone when it is right: the window is built anew when one of its files is newer than it.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
