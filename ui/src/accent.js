/**
 * The system's accent colour, where the web view tells it and where words on it can be read.
 */

/**
 * @param {string} color As `getComputedStyle` writes it: `rgb(r, g, b)`.
 * @returns {[number, number, number] | null}
 */
export function parseRgb(color) {
  const match = /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)\s*(?:[,/]\s*1(?:\.0+)?\s*)?\)$/.exec(color);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

/** @param {readonly [number, number, number]} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * Number(r) + 0.7152 * Number(g) + 0.0722 * Number(b);
}

/**
 * @param {readonly [number, number, number]} one
 * @param {readonly [number, number, number]} other
 * @returns {number} 1 to 21, as WCAG 2 counts.
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (Number(light) + 0.05) / (Number(dark) + 0.05);
}

/**
 * @param {readonly [number, number, number]} accent
 * @param {readonly [number, number, number]} surface
 * @returns {string | null} The colour of words on the accent, or `null` when it is not fit to be used.
 */
export function wordsOnAccent(accent, surface) {
  if (contrast(accent, surface) < 3) return null;
  if (contrast(accent, [255, 255, 255]) >= 4.5) return '#ffffff';
  if (contrast(accent, [0, 0, 0]) >= 4.5 && contrast(accent, surface) >= 4.5) return '#000000';
  return null;
}

/** Takes the system's accent over our own, when it is fit. */
export function adoptSystemAccent() {
  const root = document.documentElement;
  root.style.removeProperty('--accent');
  root.style.removeProperty('--accent-text');
  if (typeof CSS === 'undefined' || !CSS.supports('color', 'AccentColor')) return;
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = 'AccentColor';
  probe.style.backgroundColor = 'var(--surface)';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const accent = parseRgb(style.color);
  const surface = parseRgb(style.backgroundColor);
  probe.remove();
  const words = accent && surface ? wordsOnAccent(accent, surface) : null;
  if (!accent || !words) return;
  root.style.setProperty('--accent', `rgb(${accent.join(' ')})`);
  root.style.setProperty('--accent-text', words);
}
