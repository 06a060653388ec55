/**
 * Makes emoji-picker-element live with `style-src 'self'`.
 *
 * The picker puts a `<style>` into its shadow root and writes `style="…"` through templates, both of which a
 * strict policy refuses. A constructed sheet and `style.cssText` do the same and are allowed everywhere. Each
 * replacement has to match, so that a new version of the picker that looks different fails the build instead
 * of the policy.
 */

/** @type {ReadonlyArray<readonly [name: string, pattern: RegExp, replacement: string]>} */
const REPLACEMENTS = [
  [
    'the style element in the shadow root',
    new RegExp(
      [
        String.raw`const style = document\.createElement\('style'\);`,
        String.raw`style\.textContent = (baseStyles \+ EXTRA_STYLES);`,
        String.raw`this\.shadowRoot\.appendChild\(style\);`,
      ].join(String.raw`\s*`),
    ),
    'const sheet = new CSSStyleSheet(); sheet.replaceSync($1); this.shadowRoot.adoptedStyleSheets = [sheet];',
  ],
  ['style attributes in templates', / style="/g, ' data-css="'],
  [
    'attributes set while patching',
    /targetNode\.setAttribute\(attributeName, newValue\);/,
    "if (attributeName === 'data-css') targetNode.style.cssText = newValue; " +
      'else targetNode.setAttribute(attributeName, newValue);',
  ],
];

/**
 * @param {string} source The picker's own module.
 * @returns {string} The same without inline styles.
 */
export function withoutInlineStyles(source) {
  let code = source;
  for (const [name, pattern, replacement] of REPLACEMENTS) {
    const next = code.replace(pattern, replacement);
    if (next === code) throw new Error(`emoji-picker-element has changed: ${name} not found`);
    code = next;
  }
  return code;
}

/** @returns {import('vite').Plugin} */
export function pickerCsp() {
  return {
    name: 'picker-csp',
    transform(code, id) {
      if (!/emoji-picker-element\/picker\.js(\?|$)/.test(id)) return null;
      return { code: withoutInlineStyles(code), map: null };
    },
  };
}
