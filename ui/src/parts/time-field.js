/**
 * A time of day as the rest of the window writes it. The web view's own field goes by the system's locale,
 * whatever language the window speaks.
 */
import { h, setAttr } from '../dom.js';
import { isoTime, parseTime, timeWords } from '../formats.js';

/** Minutes an arrow key moves by, and those of a day. */
const STEP = 15;
const DAY = 1440;

/**
 * @param {{ testid: string, label: string, live?: boolean, onchange: (time: string) => void }} options
 * `onchange` gets `18:00`. Live, it is told while the person types, with an empty text for what is no time;
 * otherwise when they are done, and what is no time goes back to what was there.
 */
export function timeField({ testid, label, live = false, onchange }) {
  let time = '';
  const element = h('input', {
    class: 'field time-field',
    type: 'text',
    dir: 'ltr',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 8,
    placeholder: timeWords('18:00'),
    testid,
    'aria-label': label,
    oninput: () => live && take(parseTime(element.value)),
    onchange: () => {
      take(parseTime(element.value));
      draw();
    },
    onblur: draw,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const way = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
      if (way === undefined || time === '' || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const minutes = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + way + DAY) % DAY;
      take(isoTime(Math.floor(minutes / 60), minutes % 60));
      draw();
    },
  });

  /** @param {string | null} next */
  function take(next) {
    if (next === null && !live) return;
    setAttr(element, 'aria-invalid', next === null && element.value.trim() !== '' ? 'true' : null);
    if (next === time || (next === null && time === '')) return;
    time = next ?? '';
    onchange(time);
  }

  /** What was understood, in the window's own way of writing; live, what was not stays to be mended. */
  function draw() {
    if (time !== '') element.value = timeWords(time);
  }

  return {
    element,
    get value() {
      return time;
    },
    /** `18:00`, or nothing. Leaves alone what is being typed. */
    set value(next) {
      if (next === time && element.value !== '') return;
      time = next;
      element.value = next === '' ? '' : timeWords(next);
      setAttr(element, 'aria-invalid', null);
    },
  };
}
