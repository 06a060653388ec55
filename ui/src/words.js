/**
 * Every sentence comes from here: what the tray says too from `locales/*.ftl`, the rest from
 * `locales/window.*.ftl`.
 */
import { FluentBundle, FluentResource } from '@fluent/bundle';

import { LANGUAGES } from './languages.js';

/** @typedef {import('./bindings/Lang').Lang} Lang */
/** @typedef {import('./bindings/When').When} When */
/** @typedef {import('./sentences').SentenceId} SentenceId */
/** @typedef {Record<string, string | number>} Args */

/** Characters that could turn the direction of the sentence around them. */
const TURNS_DIRECTION = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/u;
const DIRECTION_CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** @type {Map<Lang, FluentBundle>} */
const bundles = new Map();

/** @param {Lang} lang */
function bundleOf(lang) {
  const known = bundles.get(lang);
  if (known) return known;
  // Isolation is done below, where it is needed: marks around every number would end up in copied text.
  const bundle = new FluentBundle(lang, { useIsolating: false });
  for (const source of LANGUAGES[lang].sentences) {
    const errors = bundle.addResource(new FluentResource(source));
    if (errors.length > 0) console.error('locales', lang, errors);
  }
  bundles.set(lang, bundle);
  return bundle;
}

/** @type {Lang} */
let current = 'ru';

/** @param {Lang} lang */
export function speak(lang) {
  current = lang;
}

/** @returns {Lang} */
export function language() {
  return current;
}

/**
 * Words from outside inside a sentence: isolated when they could turn its direction.
 * @param {string} text
 */
export function isolate(text) {
  return TURNS_DIRECTION.test(text) ? `\u2068${text.replace(DIRECTION_CONTROLS, '')}\u2069` : text;
}

/**
 * @param {SentenceId} id
 * @param {Args} [args]
 * @returns {string} The sentence; its id when there is none.
 */
export function t(id, args) {
  const bundle = bundleOf(current);
  const message = bundle.getMessage(id);
  if (!message?.value) {
    console.error('no sentence', id);
    return id;
  }
  /** @type {Args} */
  const safe = {};
  for (const [name, value] of Object.entries(args ?? {}))
    safe[name] = typeof value === 'string' ? isolate(value) : value;
  /** @type {Error[]} */
  const errors = [];
  const text = bundle.formatPattern(message.value, safe, errors);
  if (errors.length > 0) console.error('sentence', id, errors);
  return text;
}

/**
 * @param {string} id
 * @returns {id is SentenceId} Whether there is such a sentence. For names that come from outside, such as a
 * newer role.
 */
export function hasWords(id) {
  return Boolean(bundleOf(current).getMessage(id)?.value);
}

/**
 * @param {string} family
 * @param {string} value As the server names it.
 * @returns {string} Our word for it, or the server's for what is newer than we are.
 */
export function named(family, value) {
  const id = `${family}-${value}`;
  return /^[a-z_]+$/.test(value) && hasWords(id) ? t(id) : value;
}

/** @param {When} when */
function momentArgs(when) {
  return {
    day: when.day,
    time: when.time,
    dayOfMonth: when.day_of_month,
    month: t(/** @type {SentenceId} */ (`month-${when.month}`)),
    year: String(when.year),
  };
}

/**
 * @param {When} when
 * @returns {string} «сегодня в 18:00».
 */
export function whenWords(when) {
  return t('when', momentArgs(when));
}

/**
 * @param {When} when
 * @returns {string} «до 18:00», «до 24 ноября, 9:00».
 */
export function untilWords(when) {
  return t('until', momentArgs(when));
}
