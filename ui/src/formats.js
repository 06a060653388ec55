/**
 * Lengths of time, rules, dates and numbers in words.
 */
import { language, t } from './words.js';

/**
 * @typedef {import('./bindings/Expiry').Expiry} Expiry
 * @typedef {import('./bindings/Draft').Draft} Draft
 */

const MINUTE_MS = 60_000;

/**
 * @param {number} minutes At least 1.
 * @returns {string} «45 мин», «1,5 ч», «2 ч 20 мин», «3 дня».
 */
export function durationWords(minutes) {
  if (minutes < 60) return t('duration-minutes', { minutes });
  if (minutes % 1440 === 0) return t('duration-days', { days: minutes / 1440 });
  if (minutes < 1440 && minutes % 30 === 0) return t('duration-hours', { hours: minutes / 60 });
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return hours === 0 ? t('duration-days', { days }) : t('duration-days-hours', { days, hours });
  return t('duration-hours-minutes', { hours, minutes: minutes % 60 });
}

/**
 * @param {string} end ISO 8601.
 * @param {number} now Milliseconds.
 * @returns {{ words: string, next: number } | null} What is left, and milliseconds until these words are no
 * longer true. `null` when it is over.
 */
export function timeLeft(end, now) {
  const left = Date.parse(end) - now;
  if (!(left > 0)) return null;
  if (left < MINUTE_MS) return { words: t('status-left-moment'), next: left };
  const minutes = Math.ceil(left / MINUTE_MS);
  return {
    words: t('status-left', { duration: durationWords(minutes) }),
    next: left - (minutes - 1) * MINUTE_MS + 1,
  };
}

/**
 * @param {Expiry} expiry
 * @returns {string} The rule, not the moment: «30 мин», «до конца рабочего дня».
 */
export function expiryWords(expiry) {
  if (expiry.kind === 'minutes') return durationWords(expiry.minutes);
  if (expiry.kind === 'at') return t('expiry-rule-at', { when: dateTime(new Date(expiry.at)) });
  return t(`expiry-rule-${expiry.kind}`);
}

const twoDigits = (/** @type {number} */ number) => String(number).padStart(2, '0');

/**
 * @param {Date} date
 * @returns {string} `2026-11-24`, by the computer's clock.
 */
export function isoDate(date) {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/**
 * @param {number} hours
 * @param {number} minutes
 * @returns {string} `09:05`
 */
export function isoTime(hours, minutes) {
  return `${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** @returns {string} The person's own locale when it is of the language spoken: `en-GB` rather than `en`. */
function locale() {
  const lang = language();
  return navigator.languages.find((one) => one === lang || one.startsWith(`${lang}-`)) ?? lang;
}

/** @param {Intl.DateTimeFormatOptions} options */
function dates(options) {
  return new Intl.DateTimeFormat(locale(), options);
}

/**
 * @param {Date} date
 * @returns {string} «24 ноября 2026 г., 09:00».
 */
export function dateTime(date) {
  return Number.isNaN(date.getTime()) ? '' : dates({ dateStyle: 'long', timeStyle: 'short' }).format(date);
}

/**
 * @param {string} text As people write it: `9`, `9:30`, `0930`, `18.00`, `6 pm`.
 * @returns {string | null} `18:00`, or `null` when it is no time of day.
 */
export function parseTime(text) {
  const match = /^(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?$/iu.exec(text.trim());
  if (!match) return null;
  const half = match[3]?.toLowerCase();
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  return hour > 23 || minute > 59 ? null : isoTime(hour, minute);
}

/**
 * @param {string} time `18:00`.
 * @returns {string} The same as the person's locale writes it: `18:00`, `6:00 PM`.
 */
export function timeWords(time) {
  // Some locales put a narrow space before «PM», which nobody can type.
  return dates({ timeStyle: 'short', timeZone: 'UTC' })
    .format(new Date(`1970-01-01T${time}:00Z`))
    .replace(/\s/gu, ' ');
}

/**
 * @param {string} text
 * @returns {string} An ISO date in the person's own format, without a time that only means midnight; other
 * text as it is.
 */
export function dateValue(text) {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    );
  if (!match) return text;
  const [, year, month, day, hour, minute] = match;
  const midnight = hour === undefined || (hour === '00' && minute === '00');
  const date = midnight
    ? new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
    : new Date(text.trim());
  if (Number.isNaN(date.getTime())) return text;
  if (midnight && date.getUTCDate() !== Number(day)) return text;
  // A birthday is the same day everywhere: it is not moved into the computer's zone.
  return midnight ? dates({ dateStyle: 'long', timeZone: 'UTC' }).format(date) : dateTime(date);
}

/**
 * @param {string} text
 * @returns {string} A plain number grouped for the locale; anything else as it is: leading zeros mean
 * something.
 */
export function numberValue(text) {
  const trimmed = text.trim();
  if (!/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(trimmed)) return text;
  const fraction = trimmed.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(locale(), {
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(Number(trimmed));
}

/**
 * @param {string} text
 * @returns {number} Characters as the server counts them: code points.
 */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * @param {string} name
 * @returns {string} One or two letters.
 */
export function initials(name) {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}

/** @type {Draft} */
export const EMPTY_DRAFT = {
  emoji: '💬',
  title: '',
  expiry: { kind: 'minutes', minutes: 60 },
  is_away: false,
  away_message: '',
};
