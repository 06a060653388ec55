/**
 * The picker's data with both languages' keywords in each file: «lunch» and «обед» find the same emoji
 * whatever language the window speaks. Imported as `virtual:emoji-data/ru` and `virtual:emoji-data/en`, which
 * are addresses.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PREFIX = 'virtual:emoji-data/';
const LANGUAGES = /** @type {const} */ (['ru', 'en']);
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
 * @param {readonly Emoji[]} other
 * @returns {Emoji[]} `own`, found by the words of both.
 */
export function withBothLanguages(own, other) {
  const byEmoji = new Map(other.map((emoji) => [emoji.emoji, emoji]));
  return own.map(({ shortcodes = [], tags = [], ...emoji }) => {
    const twin = byEmoji.get(emoji.emoji);
    const said = [...tags, ...shortcodes, ...(twin?.tags ?? []), twin?.annotation];
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
      writeFileSync(
        file,
        JSON.stringify(withBothLanguages(read(language), read(language === 'ru' ? 'en' : 'ru'))),
      );
      return `export { default } from ${JSON.stringify(`${file}?url`)};`;
    },
  };
}
