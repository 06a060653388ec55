/**
 * The picker's data with every language's keywords in each file: «lunch» and «обед» find the same emoji
 * whatever language the window speaks. Imported as `virtual:emoji-data/ru`, which is an address.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { LANGUAGES } from './sentence-ids.js';

const PREFIX = 'virtual:emoji-data/';
const here = dirname(fileURLToPath(import.meta.url));

/** @typedef {{ emoji: string, annotation: string, tags?: string[], shortcodes?: string[] }} Emoji */

/**
 * The words of a text, as the picker looks for them: one by one.
 * @param {string | undefined} text
 */
const words = (text = '') =>
  text
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);

/**
 * Everything is said once: the picker looks through the words of name, tags and short codes alike, and shows
 * the name.
 *
 * @param {readonly Emoji[]} own In the language it is shown in.
 * @param {ReadonlyArray<readonly Emoji[]>} others
 * @returns {Emoji[]} `own`, found by the words of all.
 */
export function withEveryLanguage(own, others) {
  const byEmoji = others.map((other) => new Map(other.map((emoji) => [emoji.emoji, emoji])));
  return own.map(({ shortcodes = [], tags = [], ...emoji }) => {
    const twins = byEmoji.map((other) => other.get(emoji.emoji));
    const said = [
      ...tags,
      ...shortcodes,
      ...twins.flatMap((twin) => [...(twin?.tags ?? []), twin?.annotation]),
    ];
    const found = new Set(said.flatMap(words));
    for (const word of words(emoji.annotation)) found.delete(word);
    return { ...emoji, tags: [...found] };
  });
}

/** @param {string} language */
function read(language) {
  const path = createRequire(import.meta.url).resolve(`emoji-picker-element-data/${language}/cldr/data.json`);
  return /** @type {Emoji[]} */ (JSON.parse(readFileSync(path, 'utf8')));
}

/** @returns {import('vite').Plugin} */
export function emojiData() {
  return {
    name: 'emoji-data',
    resolveId(id) {
      return id.startsWith(PREFIX) ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const language = LANGUAGES.find((one) => id.endsWith(`/${one}`));
      if (!language) throw new Error(`no emoji data for ${id}`);
      const folder = join(here, '../node_modules/.emoji-data');
      const file = join(folder, `emoji-${language}.json`);
      mkdirSync(folder, { recursive: true });
      const others = LANGUAGES.filter((one) => one !== language).map(read);
      writeFileSync(file, JSON.stringify(withEveryLanguage(read(language), others)));
      return `export { default } from ${JSON.stringify(`${file}?url`)};`;
    },
  };
}
