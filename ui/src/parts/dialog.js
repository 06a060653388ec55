/**
 * Dialogs on top of the window: the native `<dialog>`, which keeps the focus inside and gives it back
 * afterwards.
 */
import { h, uniqueId } from '../dom.js';
import { t } from '../words.js';
import { button } from './button.js';

/**
 * @param {{
 *   title: string, testid?: string, wide?: boolean, content: import('../dom.js').Child[],
 *   actions: HTMLElement[], onclose?: () => void, canClose?: () => boolean,
 * }} options
 * `canClose` is asked when Esc is pressed or the cross is clicked.
 */
export function openDialog({
  title,
  testid = 'dialog',
  wide = false,
  content,
  actions,
  onclose,
  canClose = () => true,
}) {
  const id = uniqueId('dialog');
  const before = document.activeElement;
  const element = h(
    'dialog',
    {
      class: wide ? 'dialog dialog-wide' : 'dialog',
      testid,
      'aria-labelledby': id,
      oncancel: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (canClose()) close();
      },
    },
    h(
      'div',
      { class: 'dialog-head' },
      h('h2', { id, text: title }),
      button({
        label: t('window-close'),
        icon: 'close',
        iconOnly: true,
        kind: 'quiet',
        testid: 'dialog-close',
        onclick: () => canClose() && close(),
      }),
    ),
    h('div', { class: 'dialog-body' }, ...content),
    actions.length > 0 ? h('div', { class: 'dialog-actions' }, ...actions) : null,
  );
  let open = true;
  function close() {
    if (!open) return;
    open = false;
    element.close();
    element.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    onclose?.();
  }
  document.body.append(element);
  element.showModal();
  return { element, close };
}

/**
 * @param {{
 *   title: string, text: import('../dom.js').Child[], confirm: string, danger?: boolean, testid?: string,
 * }} options
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text, confirm: label, danger = false, testid }) {
  return new Promise((resolve) => {
    let answer = false;
    const yes = button({
      label,
      kind: danger ? 'danger' : 'primary',
      testid: 'dialog-confirm',
      onclick: () => {
        answer = true;
        dialog.close();
      },
    });
    const no = button({ label: t('window-cancel'), testid: 'dialog-cancel', onclick: () => dialog.close() });
    const dialog = openDialog({
      title,
      testid,
      content: text,
      actions: [no, yes],
      onclose: () => resolve(answer),
    });
    (danger ? no : yes).focus();
  });
}
