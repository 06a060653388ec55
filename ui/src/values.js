/**
 * Values of a snapshot, compared by what is in them. The app writes their fields in one order, so equal
 * values are equal texts.
 */

/**
 * @param {unknown} value
 * @returns {string} The same for equal values, another for others.
 */
export const keyOf = (value) => JSON.stringify(value);

/**
 * @template T
 * @param {T} one
 * @param {T} other
 */
export const same = (one, other) => keyOf(one) === keyOf(other);
