/**
 * Buttons, with their busy, done and failed states in place.
 */
import { h, setAttr, setText } from '../dom.js';
import { icon } from '../icons.js';

/** @typedef {import('../icons.js').IconName} IconName */

/**
 * @typedef {object} ButtonOptions
 * @property {string} [label] What it says; with `iconOnly` what a screen reader says.
 * @property {IconName} [icon]
 * @property {boolean} [iconOnly]
 * @property {'primary' | 'plain' | 'danger' | 'quiet'} [kind]
 * @property {string} [testid]
 * @property {'button' | 'submit'} [type]
 * @property {boolean} [small]
 * @property {string} [title] Shown on hover; an icon alone shows its label.
 * @property {(event: MouseEvent) => void} [onclick]
 */

/**
 * @param {ButtonOptions} options
 * @returns {HTMLButtonElement}
 */
export function button({
  label = '',
  icon: name,
  iconOnly = false,
  kind = 'plain',
  testid,
  type = 'button',
  small = false,
  title,
  onclick,
}) {
  const classes = ['button', `button-${kind}`];
  if (iconOnly) classes.push('button-icon');
  if (small) classes.push('button-small');
  return h(
    'button',
    {
      class: classes.join(' '),
      type,
      testid,
      'aria-label': iconOnly ? label : undefined,
      title: title ?? (iconOnly ? label : undefined),
      onclick,
    },
    name ? icon(name) : null,
    iconOnly ? null : h('span', { class: 'button-label', text: label }),
  );
}

/**
 * @param {HTMLButtonElement} element
 * @param {string} label
 */
export function setLabel(element, label) {
  const words = element.querySelector('.button-label');
  if (words) setText(words, label);
  else {
    setAttr(element, 'aria-label', label);
    setAttr(element, 'title', label);
  }
}

/** A spinner for less than this would only flicker. */
const SPINNER_AFTER_MS = 150;
const DONE_FOR_MS = 1400;

/**
 * Runs `work` with the button busy meanwhile: it keeps its size, its place and the focus, and takes no second
 * click.
 * @template T
 * @param {HTMLButtonElement} element
 * @param {() => Promise<T>} work
 * @param {{ done?: boolean, failed?: (error: unknown) => void }} [options] `done`: a check mark for a moment
 * afterwards.
 * @returns {Promise<T | undefined>} `undefined` when it failed (and `failed` was told) or was busy already.
 */
export async function during(element, work, { done = false, failed } = {}) {
  if (element.dataset.busy === 'true') return undefined;
  element.dataset.busy = 'true';
  delete element.dataset.result;
  setAttr(element, 'aria-busy', true);
  setAttr(element, 'aria-disabled', true);
  const spinner = setTimeout(() => (element.dataset.spinner = 'true'), SPINNER_AFTER_MS);
  try {
    const result = await work();
    if (done) {
      element.dataset.result = 'done';
      setTimeout(() => delete element.dataset.result, DONE_FOR_MS);
    }
    return result;
  } catch (error) {
    if (!failed) throw error;
    failed(error);
    return undefined;
  } finally {
    clearTimeout(spinner);
    delete element.dataset.busy;
    delete element.dataset.spinner;
    setAttr(element, 'aria-busy', null);
    setAttr(element, 'aria-disabled', null);
  }
}
