/**
 * One of several, as a radio group: arrows move and choose, Tab passes by.
 */
import { h, setAttr } from '../dom.js';
import { icon } from '../icons.js';

/**
 * @template {string} T
 * @typedef {{ value: T, label: string, testid?: string, icon?: import('../icons.js').IconName }} Option
 */

/**
 * @template {string} T
 * @param {{
 *   options: ReadonlyArray<Option<T>>,
 *   value: T,
 *   label?: string, labelledby?: string, describedby?: string, testid?: string,
 *   look?: 'chips' | 'segments',
 *   onchange: (value: T) => void,
 * }} options
 */
export function choice({ options, value, label, labelledby, describedby, testid, look = 'chips', onchange }) {
  let chosen = value;
  const buttons = options.map((option) =>
    h(
      'button',
      {
        class: look === 'chips' ? 'chip' : 'segment',
        type: 'button',
        role: 'radio',
        testid: option.testid,
        onclick: () => choose(option.value),
      },
      option.icon ? icon(option.icon) : null,
      h('span', { text: option.label }),
    ),
  );
  const element = h(
    'div',
    {
      class: look,
      role: 'radiogroup',
      testid,
      'aria-label': label,
      'aria-labelledby': labelledby,
      'aria-describedby': describedby,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
        if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
        const last = buttons.length - 1;
        /** @type {Record<string, number>} */
        const targets = {
          ArrowRight: at === last ? 0 : at + 1,
          ArrowDown: at === last ? 0 : at + 1,
          ArrowLeft: at === 0 ? last : at - 1,
          ArrowUp: at === 0 ? last : at - 1,
          Home: 0,
          End: last,
        };
        const to = targets[event.key];
        if (to === undefined) return;
        event.preventDefault();
        buttons[to]?.focus();
        const option = options[to];
        if (option) choose(option.value);
      },
    },
    ...buttons,
  );

  /** @param {T} next */
  function draw(next) {
    chosen = next;
    const known = options.some((option) => option.value === next);
    options.forEach((option, index) => {
      const button = /** @type {HTMLButtonElement} */ (buttons[index]);
      const on = option.value === next;
      setAttr(button, 'aria-checked', on);
      button.tabIndex = on || (!known && index === 0) ? 0 : -1;
    });
  }

  /** @param {T} next */
  function choose(next) {
    if (next === chosen) return;
    draw(next);
    onchange(next);
  }

  draw(value);
  return {
    element,
    get value() {
      return chosen;
    },
    set: draw,
  };
}
