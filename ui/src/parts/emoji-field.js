/**
 * The emoji of a status: a button that opens the picker. The picker and its data load when it is first
 * opened.
 */
import { h, setAttr, setText } from '../dom.js';
import { LANGUAGES } from '../languages.js';
import { language, t } from '../words.js';
import { openPopover } from './popover.js';

/** @returns {Promise<HTMLElement>} */
async function createPicker() {
  const locale = language();
  const [{ default: Picker }, [{ default: i18n }, { default: dataSource }]] = await Promise.all([
    import('emoji-picker-element/picker.js'),
    LANGUAGES[locale].emoji(),
  ]);
  return new Picker({ locale, i18n, dataSource, skinToneEmoji: '👋' });
}

/**
 * @param {{ value: string, onchange: (emoji: string) => void, onfail: () => void }} options
 */
export function emojiField({ value, onchange, onfail }) {
  let current = value;
  const glyph = h('span', { class: 'emoji', 'aria-hidden': 'true' });
  const element = h(
    'button',
    {
      class: 'emoji-button',
      type: 'button',
      testid: 'emoji-button',
      'aria-haspopup': 'dialog',
      'aria-expanded': false,
      onclick: open,
    },
    glyph,
  );

  async function open() {
    if (element.getAttribute('aria-expanded') === 'true') return;
    const panel = h('div', {
      class: 'emoji-popover',
      role: 'dialog',
      'aria-label': t('emoji-choose'),
      testid: 'emoji-popover',
    });
    const close = openPopover(element, panel, { onclose: () => setAttr(element, 'aria-busy', null) });
    try {
      // Each opening has its own: a picker that left the page has closed its data base.
      const made = await createPicker();
      setAttr(made, 'data-testid', 'emoji-picker');
      setAttr(made, 'class', document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');
      made.addEventListener(
        'emoji-click',
        (event) => {
          const { unicode } = /** @type {CustomEvent<{ unicode?: string }>} */ (event).detail;
          close();
          if (!unicode) return;
          set(unicode);
          onchange(unicode);
        },
        { once: true },
      );
      panel.append(made);
      requestAnimationFrame(() => made.shadowRoot?.querySelector('input')?.focus());
    } catch {
      close();
      onfail();
    }
  }

  /** @param {string} emoji */
  function set(emoji) {
    current = emoji;
    setText(glyph, emoji || '＋');
    setAttr(element, 'aria-label', emoji ? t('emoji-button-chosen', { emoji }) : t('emoji-choose'));
    setAttr(element, 'title', t('emoji-choose'));
  }

  set(value);
  return {
    element,
    get value() {
      return current;
    },
    set,
    /** @param {boolean} invalid */
    markInvalid(invalid) {
      setAttr(element, 'data-invalid', invalid ? 'true' : null);
    },
  };
}
