/**
 * Leaves out of the bundle what only Rust says, and the comments: the window carries both languages.
 */
const NOT_HERE = /^(?:tray|menu|notification|shell|import)-|^preset-[a-z]+-(?:title|message) /;

/**
 * @param {string} source A Fluent file.
 * @returns {string} The sentences of the window.
 */
export function windowWords(source) {
  return source
    .replace(/^#.*\n/gm, '')
    .split(/^(?=[a-z])/m)
    .filter((entry) => !NOT_HERE.test(entry))
    .map((entry) => entry.trimEnd())
    .filter((entry) => entry !== '')
    .join('\n')
    .concat('\n');
}

/** @returns {import('vite').Plugin} */
export function windowWordsOnly() {
  return {
    name: 'window-words',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      const [path, query] = id.split('?');
      if (query !== 'raw' || !path?.endsWith('.ftl')) return null;
      this.addWatchFile(path);
      const { readFile } = await import('node:fs/promises');
      return `export default ${JSON.stringify(windowWords(await readFile(path, 'utf8')))};`;
    },
  };
}
