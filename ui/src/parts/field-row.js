/**
 * A line of a card with a name and its value, which can be copied.
 */
import { h } from '../dom.js';
import { copyButton } from './copy.js';

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {{
 *   label: string, name: string, content: HTMLElement, copy: string | null, actions?: HTMLElement[],
 * }} options
 */
export function fieldRow(ctx, { label, name, content, copy, actions = [] }) {
  return h(
    'div',
    { class: 'row field-row' },
    h('span', { class: 'field-name', dir: 'auto', text: label }),
    h(
      'div',
      { class: 'field-content' },
      content,
      ...actions,
      copy === null
        ? null
        : copyButton({ what: label, value: () => copy, testid: `copy-${name}`, toasts: ctx.toasts }),
    ),
  );
}
