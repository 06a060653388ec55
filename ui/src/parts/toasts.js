/**
 * Short messages in the corner, with an undo where there is one.
 */
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../words.js';
import { button } from './button.js';

const STAYS_MS = 8000;

/**
 * @typedef {{
 *   tone?: 'good' | 'error' | 'info', action?: { label: string, run: () => void }, stays?: boolean,
 * }} ToastOptions
 */

export class Toasts {
  constructor() {
    this.element = h('div', { class: 'toasts', role: 'region', 'aria-label': t('window-messages') });
    // One polite region that is there from the start: regions added together with their text are often not
    // read.
    this.announcer = h('div', {
      class: 'visually-hidden',
      role: 'status',
      'aria-live': 'polite',
      testid: 'announcer',
    });
  }

  /**
   * Said to a screen reader only.
   * @param {string} text
   */
  announce(text) {
    // The same sentence twice is news twice.
    this.announcer.textContent = this.announcer.textContent === text ? `${text}\u00a0` : text;
  }

  /**
   * @param {string} text
   * @param {ToastOptions} [options]
   * @returns {() => void} Takes it away.
   */
  show(text, { tone = 'good', action, stays = false } = {}) {
    const names = /** @type {const} */ ({ good: 'check', error: 'error', info: 'info' });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const stop = () => clearTimeout(timer);
    const start = () => {
      stop();
      if (!stays) timer = setTimeout(close, STAYS_MS);
    };
    const close = () => {
      stop();
      toast.remove();
    };
    const toast = h(
      'div',
      {
        class: `toast toast-${tone}`,
        testid: 'toast',
        onmouseenter: stop,
        onmouseleave: start,
        onfocusin: stop,
        onfocusout: start,
      },
      icon(names[tone], 'icon toast-icon'),
      h('span', { class: 'toast-text', dir: 'auto', text }),
      action
        ? button({
            label: action.label,
            kind: 'quiet',
            small: true,
            testid: 'toast-action',
            onclick: () => {
              close();
              action.run();
            },
          })
        : null,
      button({
        label: t('window-close'),
        icon: 'close',
        iconOnly: true,
        kind: 'quiet',
        small: true,
        testid: 'toast-close',
        onclick: close,
      }),
    );
    while (this.element.childElementCount >= 3) this.element.firstElementChild?.remove();
    this.element.append(toast);
    this.announce(action ? `${text} ${t('window-toast-has-action', { action: action.label })}` : text);
    start();
    return close;
  }
}
