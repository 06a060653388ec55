/**
 * Where the picture lies under the square, in numbers. The square does not move; the picture does, and always
 * covers it.
 */

/**
 * @typedef {object} Stage
 * @property {number} width Width of the picture as shown at scale 1.
 * @property {number} height
 * @property {number} left Left edge of the square on the stage.
 * @property {number} top
 * @property {number} side Side of the square.
 */

/**
 * @typedef {{
 *   scale: number, x: number, y: number,
 * }} Place Scale, and the picture's top left corner on the stage.
 */

/** Nobody sees anything in fewer pixels of the original than this. */
const SMALLEST_CUT = 48;

/** @param {Stage} stage */
export function scaleLimits({ width, height, side }) {
  const min = side / Math.min(width, height);
  return { min, max: Math.max(min, Math.min(min * 8, side / Math.min(SMALLEST_CUT, width, height))) };
}

/**
 * @param {Stage} stage
 * @param {Place} place
 * @returns {Place} The nearest one at which the picture covers the square.
 */
export function covering(stage, place) {
  const { min, max } = scaleLimits(stage);
  const scale = Math.min(Math.max(place.scale, min), max);
  const within = (/** @type {number} */ value, /** @type {number} */ edge, /** @type {number} */ length) =>
    Math.min(edge, Math.max(edge + stage.side - length * scale, value));
  return { scale, x: within(place.x, stage.left, stage.width), y: within(place.y, stage.top, stage.height) };
}

/**
 * @param {Stage} stage
 * @returns {Place} The largest cut, from the middle.
 */
export function middle(stage) {
  const { min } = scaleLimits(stage);
  return covering(stage, {
    scale: min,
    x: stage.left + (stage.side - stage.width * min) / 2,
    y: stage.top + (stage.side - stage.height * min) / 2,
  });
}

/**
 * @param {Stage} stage
 * @param {Place} place
 * @param {number} scale
 * @returns {Place} Scaled about the middle of the square.
 */
export function zoomed(stage, place, scale) {
  const { min, max } = scaleLimits(stage);
  const next = Math.min(Math.max(scale, min), max);
  const ratio = next / place.scale;
  const [cx, cy] = [stage.left + stage.side / 2, stage.top + stage.side / 2];
  return covering(stage, { scale: next, x: cx - (cx - place.x) * ratio, y: cy - (cy - place.y) * ratio });
}

/**
 * @param {Stage} stage
 * @param {Place} place
 * @param {{
 *   width: number, height: number,
 * }} upright Size of the original, which may be larger than what is shown.
 * @returns {{
 *   x: number, y: number, size: number,
 * }} The square in pixels of the original, never outside of it.
 */
export function cut(stage, place, upright) {
  const ratio = upright.width / stage.width / place.scale;
  const size = Math.max(1, Math.min(Math.round(stage.side * ratio), upright.width, upright.height));
  const inside = (/** @type {number} */ value, /** @type {number} */ length) =>
    Math.min(Math.max(0, Math.round(value)), length - size);
  return {
    x: inside((stage.left - place.x) * ratio, upright.width),
    y: inside((stage.top - place.y) * ratio, upright.height),
    size,
  };
}
