/**
 * Cards and the rows in them.
 */
import { h, uniqueId } from '../dom.js';

/**
 * @param {{ title?: string, description?: string, testid?: string, actions?: HTMLElement[] }} options
 * @param {...import('../dom.js').Child} children
 */
export function card({ title, description, testid, actions = [] }, ...children) {
  const id = title ? uniqueId('card') : undefined;
  return h(
    'section',
    { class: 'group', testid, 'aria-labelledby': id },
    title
      ? h(
          'div',
          { class: 'group-head' },
          h('h2', { id, text: title }),
          actions.length > 0 ? h('div', { class: 'group-actions' }, ...actions) : null,
        )
      : null,
    h('div', { class: 'card' }, ...children),
    description ? h('p', { class: 'group-note', text: description }) : null,
  );
}

/**
 * A line of a card: what it is on the left, the control on the right.
 * @param {{
 *   label: string, description?: string,
 *   control: HTMLElement | ((ids: { label: string, description?: string }) => HTMLElement),
 *   stacked?: boolean, testid?: string,
 * }} options
 */
export function row({ label, description, control, stacked = false, testid }) {
  const labelId = uniqueId('label');
  const descriptionId = description === undefined ? undefined : uniqueId('about');
  const element =
    typeof control === 'function' ? control({ label: labelId, description: descriptionId }) : control;
  return h(
    'div',
    { class: stacked ? 'row row-stacked' : 'row', testid },
    h(
      'div',
      { class: 'row-words' },
      h('span', { class: 'row-label', id: labelId, text: label }),
      description === undefined
        ? null
        : h('span', { class: 'row-about', id: descriptionId, text: description }),
    ),
    h('div', { class: 'row-control' }, element),
  );
}
