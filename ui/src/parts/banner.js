/**
 * A banner: something the person should know now, and what can be done about it.
 */
import { h, setAttr, setText, show } from '../dom.js';
import { icon } from '../icons.js';

/** @typedef {'info' | 'busy' | 'warning' | 'error' | 'good'} Tone */

/** @type {Record<Tone, import('../icons.js').IconName>} */
const ICONS = { info: 'info', busy: 'clock', warning: 'warning', error: 'error', good: 'check' };

/**
 * @param {{
 *   testid: string, tone: Tone, icon?: import('../icons.js').IconName, actions?: HTMLElement[],
 *   close?: HTMLElement,
 * }} options
 */
export function banner({ testid, tone, icon: name, actions = [], close }) {
  const title = h('p', { class: 'banner-title', dir: 'auto' });
  const text = h('p', { class: 'banner-text', dir: 'auto' });
  const extra = h('div', { class: 'banner-extra' });
  const buttons = h('div', { class: 'banner-actions' }, ...actions);
  show(extra, false);
  show(buttons, actions.length > 0);
  const element = h(
    'div',
    { class: `banner banner-${tone}`, testid, hidden: true, role: 'group' },
    icon(name ?? ICONS[tone], 'icon banner-icon'),
    h('div', { class: 'banner-body' }, title, text, extra, buttons),
    close,
  );
  return {
    element,
    extra,
    /**
     * @param {string} words
     * @param {string} [more]
     */
    say(words, more = '') {
      setText(title, words);
      setText(text, more);
      setAttr(element, 'aria-label', words);
      show(text, more !== '');
      show(element, true);
    },
    hide() {
      show(element, false);
    },
  };
}
