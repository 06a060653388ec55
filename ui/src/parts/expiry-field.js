/**
 * When a status ends: every rule as a chip, with the minutes or the date to fill in where a rule has some.
 */
import { h, show } from '../dom.js';
import { durationWords, isoDate, isoTime } from '../formats.js';
import { t } from '../words.js';
import { choice } from './choice.js';
import { timeField } from './time-field.js';

/** @typedef {import('../bindings/Expiry').Expiry} Expiry */

const MINUTES = /** @type {const} */ ([15, 30, 45, 60, 90, 120, 240]);
const RULES = /** @type {const} */ ([
  'end_of_workday',
  'end_of_day',
  'tomorrow_morning',
  'next_working_morning',
]);

/** @typedef {`${(typeof MINUTES)[number]}` | (typeof RULES)[number]} Fixed One with nothing to fill in. */
/** @typedef {Fixed | 'minutes' | 'at' | 'never' | 'ask_date'} Mode */

/**
 * @param {Expiry} expiry
 * @returns {Mode}
 */
function modeOf(expiry) {
  if (expiry.kind !== 'minutes') return expiry.kind;
  const known = MINUTES.find((minutes) => minutes === expiry.minutes);
  return known === undefined ? 'minutes' : `${known}`;
}

/**
 * @param {{
 *   value: Expiry, canAskDate: boolean, labelledby: string, describedby: string, morning: () => string,
 *   onchange: (expiry: Expiry) => void,
 * }} options
 * `canAskDate`: a preset may ask each time; the composer has to know. `morning`: `09:00`, offered with a
 * date.
 */
export function expiryField({ value, canAskDate, labelledby, describedby, morning, onchange }) {
  /** @type {Mode} */
  let mode = 'minutes';

  const minutes = h('input', {
    class: 'field',
    type: 'number',
    min: 1,
    max: 527040,
    step: 1,
    inputmode: 'numeric',
    testid: 'minutes-input',
    'aria-label': t('expiry-minutes-label'),
    oninput: changed,
  });
  const date = h('input', {
    class: 'field',
    type: 'date',
    testid: 'date-input',
    'aria-label': t('expiry-date-label'),
    oninput: changed,
  });
  const time = timeField({
    testid: 'time-input',
    label: t('expiry-time-label'),
    live: true,
    onchange: changed,
  });
  const minutesLine = h(
    'div',
    { class: 'expiry-more' },
    minutes,
    h('span', { text: t('expiry-minutes-unit') }),
  );
  const dateLine = h('div', { class: 'expiry-more' }, date, time.element);

  /** @type {Array<{ value: Mode, label: string, testid: string }>} */
  const options = [
    ...MINUTES.map((n) => ({
      value: /** @type {Mode} */ (`${n}`),
      label: durationWords(n),
      testid: `expiry-${n}`,
    })),
    ...RULES.map((rule) => ({
      value: /** @type {Mode} */ (rule),
      label: t(`expiry-${rule}`),
      testid: `expiry-${rule}`,
    })),
    { value: 'minutes', label: t('expiry-minutes'), testid: 'expiry-minutes' },
    { value: 'at', label: t('expiry-at'), testid: 'expiry-at' },
  ];
  if (canAskDate) options.push({ value: 'ask_date', label: t('expiry-ask_date'), testid: 'expiry-ask_date' });
  options.push({ value: 'never', label: t('expiry-never'), testid: 'expiry-never' });

  const modes = choice({
    options,
    value: mode,
    labelledby,
    describedby,
    testid: 'expiry-group',
    onchange: (next) => {
      const before = read();
      mode = next;
      if (mode === 'minutes' && minutes.value === '')
        minutes.value = String(before.kind === 'minutes' ? before.minutes : 20);
      if (mode === 'at' && date.value === '') suggest();
      draw();
      onchange(read());
    },
  });
  const element = h('div', { class: 'expiry' }, modes.element, minutesLine, dateLine);

  /** In an hour, on the half hour: a date and time to start from. */
  function suggest() {
    const soon = new Date(Date.now() + 3_600_000);
    soon.setMinutes(soon.getMinutes() < 30 ? 30 : 60, 0, 0);
    date.value = isoDate(soon);
    time.value = isoTime(soon.getHours(), soon.getMinutes());
  }

  function changed() {
    onchange(read());
  }

  function draw() {
    modes.set(mode);
    show(minutesLine, mode === 'minutes');
    show(dateLine, mode === 'at');
    date.min = isoDate(new Date());
  }

  /** @returns {Expiry} */
  function read() {
    switch (mode) {
      case 'minutes': {
        const number = Number(minutes.value);
        // What is not a whole number in range comes back from the preview with its reason.
        return {
          kind: 'minutes',
          minutes: Number.isInteger(number) && number >= 0 && number <= 4_294_967_295 ? number : 0,
        };
      }
      case 'at':
        return date.value === '' || time.value === ''
          ? { kind: 'ask_date' }
          : { kind: 'at', at: `${date.value}T${time.value}:00` };
      case 'never':
      case 'ask_date':
      case 'end_of_workday':
      case 'end_of_day':
      case 'tomorrow_morning':
      case 'next_working_morning':
        return { kind: mode };
      default:
        return { kind: 'minutes', minutes: Number(mode) };
    }
  }

  /** @param {Expiry} expiry */
  function set(expiry) {
    mode = modeOf(expiry);
    minutes.value = expiry.kind === 'minutes' ? String(expiry.minutes) : '';
    date.value = expiry.kind === 'at' ? expiry.at.slice(0, 10) : '';
    time.value = expiry.kind === 'at' ? expiry.at.slice(11, 16) : '';
    if (mode === 'ask_date' && !canAskDate) {
      mode = 'at';
      time.value = morning();
    }
    draw();
  }

  set(value);
  return {
    element,
    /** What is chosen: a date that is not filled in reads as `ask_date` without it. */
    get mode() {
      return mode;
    },
    read,
    set,
    /** Puts the focus where something is missing. */
    focus() {
      if (mode === 'at') date.focus();
      else if (mode === 'minutes') minutes.focus();
      else /** @type {HTMLElement | null} */ (modes.element.querySelector('[tabindex="0"]'))?.focus();
    },
  };
}
