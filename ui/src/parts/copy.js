/**
 * Copies words to the clipboard.
 */
import { h } from '../dom.js';
import { t } from '../words.js';
import { button, during } from './button.js';

/**
 * @param {string | Promise<string>} words Those still to come are promised to the clipboard at once: web
 * views let only a click write to it, and by the time the words are there the click is over.
 * @returns {Promise<void>} Rejects when the system does not let us, or with what became of the promise.
 */
export async function copyText(words) {
  try {
    if (typeof words === 'string') await navigator.clipboard.writeText(words);
    else
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/plain': words.then((text) => new Blob([text], { type: 'text/plain' })) }),
      ]);
  } catch {
    // Some web views have no asynchronous clipboard under the app's own scheme.
    const area = h('textarea', { class: 'visually-hidden', value: await words, 'aria-hidden': 'true' });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!copied) throw new Error('the clipboard is not available');
  }
}

/**
 * @param {{
 *   what: string, value: () => string, testid: string, toasts: import('./toasts.js').Toasts,
 * }} options
 */
export function copyButton({ what, value, testid, toasts }) {
  const element = button({
    label: t('window-copy-what', { what }),
    icon: 'copy',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid,
    onclick: () =>
      during(
        element,
        async () => {
          await copyText(value());
          toasts.announce(t('window-copied'));
        },
        { done: true, failed: () => toasts.show(t('window-copy-failed'), { tone: 'error' }) },
      ),
  });
  return element;
}
