/**
 * A global shortcut: press the button, then the keys.
 */
import { acceleratorKeys, acceleratorOf } from '../accelerator.js';
import { h, setAttr, show } from '../dom.js';
import { t } from '../words.js';
import { button } from './button.js';

/**
 * @param {{
 *   testid: string, labelledby: string, onchange: (accelerator: string) => Promise<unknown>,
 * }} options
 * `onchange` gets an empty text to remove it; when it rejects, what was there stays.
 */
export function shortcutField({ testid, labelledby, onchange }) {
  const mac = /Mac/.test(navigator.userAgent);
  /** @type {string | null} */
  let current = null;
  let recording = false;
  const keys = h('span', { class: 'keys' });
  const record = h(
    'button',
    {
      class: 'field shortcut',
      type: 'button',
      testid,
      'aria-labelledby': labelledby,
      onclick: () => begin(!recording),
      onblur: () => begin(false),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (!recording) return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Escape') {
          begin(false);
          return;
        }
        const accelerator = acceleratorOf(event);
        if (accelerator === null) return;
        begin(false);
        void change(accelerator);
      },
    },
    keys,
  );
  const remove = button({
    label: t('shortcut-remove'),
    icon: 'close',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid: `${testid}-remove`,
    onclick: () => void change(''),
  });
  const element = h('div', { class: 'shortcut-line' }, record, remove);

  /** @param {string} accelerator */
  async function change(accelerator) {
    const before = current;
    draw(accelerator || null);
    record.dataset['busy'] = 'true';
    try {
      await onchange(accelerator);
      if (accelerator === '') record.focus();
    } catch {
      draw(before);
    } finally {
      delete record.dataset['busy'];
    }
  }

  /** @param {boolean} on */
  function begin(on) {
    if (recording === on) return;
    recording = on;
    setAttr(record, 'data-recording', on ? 'true' : null);
    draw(current);
  }

  /** @param {string | null} accelerator */
  function draw(accelerator) {
    current = accelerator;
    if (recording) keys.replaceChildren(h('span', { class: 'hint', text: t('shortcut-press') }));
    else if (accelerator)
      keys.replaceChildren(...acceleratorKeys(accelerator, mac).map((key) => h('kbd', { text: key })));
    else keys.replaceChildren(h('span', { class: 'hint', text: t('shortcut-none') }));
    show(remove, accelerator !== null && !recording);
  }

  draw(null);
  return {
    element,
    /** @param {string | null} accelerator */
    set(accelerator) {
      if (!recording && accelerator !== current) draw(accelerator);
    },
  };
}
