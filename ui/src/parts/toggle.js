/**
 * A switch: on or off, at once.
 */
import { h, setAttr } from '../dom.js';

/**
 * @param {{
 *   label?: string, labelledby?: string, describedby?: string, testid?: string, checked?: boolean,
 *   onchange: (checked: boolean) => void | Promise<unknown>,
 * }} options
 */
export function toggle({ label, labelledby, describedby, testid, checked = false, onchange }) {
  const element = h(
    'button',
    {
      class: 'switch',
      type: 'button',
      role: 'switch',
      testid,
      'aria-checked': checked,
      'aria-label': label,
      'aria-labelledby': labelledby,
      'aria-describedby': describedby,
      onclick: async () => {
        if (element.dataset.busy === 'true') return;
        const before = isOn();
        set(!before);
        const working = onchange(!before);
        if (!(working instanceof Promise)) return;
        element.dataset.busy = 'true';
        try {
          await working;
        } catch {
          set(before); // Whoever was called has said why.
        } finally {
          delete element.dataset.busy;
        }
      },
    },
    h('span', { class: 'switch-knob' }),
  );
  const isOn = () => element.getAttribute('aria-checked') === 'true';
  const set = (/** @type {boolean} */ on) => setAttr(element, 'aria-checked', on);
  return {
    element,
    get checked() {
      return isOn();
    },
    /** @param {boolean} on */
    set(on) {
      if (element.dataset.busy !== 'true') set(on);
    },
  };
}
