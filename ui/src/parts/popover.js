/**
 * A small panel beside the button that opened it: closed by Esc, a click elsewhere, or the button again.
 */
import { h, setAttr } from '../dom.js';
import { icon } from '../icons.js';

const MARGIN = 8;

/** @type {(() => void) | null} */
let closeOpenOne = null;

/** @returns {boolean} Whether one was open, and is now closed. */
export function closePopover() {
  const was = closeOpenOne !== null;
  closeOpenOne?.();
  return was;
}

/**
 * @param {HTMLElement} anchor
 * @param {HTMLElement} panel
 * @param {{ onclose?: () => void }} [options]
 * @returns {() => void} Closes it and gives the focus back.
 */
export function openPopover(anchor, panel, { onclose } = {}) {
  closePopover();
  panel.classList.add('popover');
  // Inside a dialog everything outside of it is inert.
  (anchor.closest('dialog') ?? document.body).append(panel);
  setAttr(anchor, 'aria-expanded', true);

  const place = () => {
    const from = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const below = from.bottom + 6 + height + MARGIN <= window.innerHeight;
    const top = below ? from.bottom + 6 : from.top - 6 - height;
    const end = panel.dataset.align === 'end';
    const left = end ? from.right - width : from.left;
    panel.style.top = `${Math.max(MARGIN, Math.min(top, window.innerHeight - height - MARGIN))}px`;
    panel.style.left = `${Math.max(MARGIN, Math.min(left, window.innerWidth - width - MARGIN))}px`;
  };
  const outside = (/** @type {Event} */ event) => {
    const path = event.composedPath();
    if (!path.includes(panel) && !path.includes(anchor)) close(false);
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  };
  const resize = typeof ResizeObserver === 'function' ? new ResizeObserver(place) : null;

  function close(refocus = true) {
    if (closeOpenOne !== closeThis) return;
    closeOpenOne = null;
    document.removeEventListener('pointerdown', outside, true);
    document.removeEventListener('keydown', keys, true);
    window.removeEventListener('resize', place);
    document.removeEventListener('scroll', place, true);
    resize?.disconnect();
    panel.remove();
    setAttr(anchor, 'aria-expanded', false);
    if (refocus && anchor.isConnected) anchor.focus();
    onclose?.();
  }
  const closeThis = () => close(true);
  closeOpenOne = closeThis;
  document.addEventListener('pointerdown', outside, true);
  document.addEventListener('keydown', keys, true);
  window.addEventListener('resize', place);
  document.addEventListener('scroll', place, true);
  resize?.observe(panel);
  place();
  return closeThis;
}

/**
 * @typedef {{
 *   label: string, icon?: import('../icons.js').IconName, testid?: string, danger?: boolean,
 *   disabled?: boolean, run: () => void,
 * }} MenuEntry
 */

/**
 * Opens a menu of actions at `anchor`. Arrows move, Enter chooses, letters are left alone.
 * @param {HTMLElement} anchor
 * @param {string} label
 * @param {MenuEntry[]} entries
 */
export function openMenu(anchor, label, entries) {
  const items = entries.map((entry) =>
    h(
      'button',
      {
        class: entry.danger ? 'menu-item menu-item-danger' : 'menu-item',
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        testid: entry.testid,
        disabled: entry.disabled ?? false,
        onclick: () => {
          close();
          entry.run();
        },
      },
      entry.icon ? icon(entry.icon) : null,
      h('span', { text: entry.label }),
    ),
  );
  const menu = h(
    'div',
    {
      class: 'menu',
      role: 'menu',
      'aria-label': label,
      'data-align': 'end',
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const usable = items.filter((item) => !item.disabled);
        const at = usable.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
        /** @type {Record<string, number>} */
        const targets = {
          ArrowDown: (at + 1) % usable.length,
          ArrowUp: (at - 1 + usable.length) % usable.length,
          Home: 0,
          End: usable.length - 1,
        };
        const to = targets[event.key];
        if (to !== undefined) {
          event.preventDefault();
          usable[to]?.focus();
        } else if (event.key === 'Tab') {
          event.preventDefault();
          close();
        }
      },
    },
    ...items,
  );
  const close = openPopover(anchor, menu);
  items.find((item) => !item.disabled)?.focus();
}
