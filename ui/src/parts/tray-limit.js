/**
 * How many presets the tray menu shows at most.
 */
import { h } from '../dom.js';

const MOST = 20;

/**
 * @param {{ testid: string, label?: string, onchange: (limit: number) => unknown }} options
 * @returns {HTMLSelectElement}
 */
export function trayLimit({ testid, label, onchange }) {
  const element = h(
    'select',
    { class: 'field', testid, 'aria-label': label, onchange: () => onchange(Number(element.value)) },
    ...Array.from({ length: MOST }, (_, index) =>
      h('option', { value: String(index + 1), text: String(index + 1) }),
    ),
  );
  return element;
}
