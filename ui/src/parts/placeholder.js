/**
 * What is shown in the place of content: while it loads, and when it could not be loaded.
 */
import { h, setText, show } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../words.js';
import { button, during } from './button.js';

/**
 * @param {number} count
 * @returns {HTMLElement} A card of the height the content will have.
 */
export function skeletonRows(count) {
  return h(
    'div',
    { class: 'card' },
    ...Array.from({ length: count }, (_, index) =>
      h(
        'div',
        { class: 'row' },
        h('span', { class: 'skeleton skeleton-label' }),
        h('span', {
          class: index % 2 === 0 ? 'skeleton skeleton-value' : 'skeleton skeleton-value skeleton-short',
        }),
      ),
    ),
  );
}

/**
 * @param {{ testid: string, retry?: () => Promise<unknown> }} options
 */
export function failure({ testid, retry }) {
  const words = h('p', { class: 'banner-title', dir: 'auto' });
  const again = button({
    label: t('window-try-again'),
    small: true,
    onclick: () => retry && during(again, retry, { failed: () => undefined }),
  });
  const element = h(
    'div',
    { class: 'banner banner-error', role: 'alert', testid, hidden: true },
    icon('error', 'icon banner-icon'),
    h('div', { class: 'banner-body' }, words, retry ? h('div', { class: 'banner-actions' }, again) : null),
  );
  return {
    element,
    /** @param {string} text */
    say(text) {
      setText(words, text);
      show(element, true);
    },
    hide() {
      show(element, false);
    },
  };
}
