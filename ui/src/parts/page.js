/**
 * The frame of a page: its title, what it is about, and its actions.
 */
import { h } from '../dom.js';

/**
 * @param {{ title: string, about?: string, actions?: HTMLElement[] }} options
 * @param {...import('../dom.js').Child} children
 */
export function pageFrame({ title, about, actions = [] }, ...children) {
  return h(
    'div',
    { class: 'page' },
    h(
      'header',
      { class: 'page-head' },
      h(
        'div',
        { class: 'page-words' },
        h('h1', { text: title, testid: 'page-title' }),
        about ? h('p', { class: 'page-about', text: about }) : null,
      ),
      actions.length > 0 ? h('div', { class: 'page-actions' }, ...actions) : null,
    ),
    ...children,
  );
}
