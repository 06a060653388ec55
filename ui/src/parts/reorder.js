/**
 * Dragging the rows of a list by a handle: mouse, pen and touch alike. The keyboard has its own way in the
 * list.
 */
import { setAttr } from '../dom.js';

/** How near the edge of what scrolls a drag has to come for it to scroll, and by how much. */
const EDGE = 48;
const SCROLL_STEP = 10;

/**
 * @param {{ list: HTMLElement, onmove: (id: string, to: number) => Promise<void> }} options
 */
export function reorder({ list, onmove }) {
  /**
   * @type {{
   *   id: string, row: HTMLElement, from: number, to: number, tops: number[], height: number,
   *   handle: HTMLElement, pointer: number, startY: number, startScroll: number, y: number, frame: number,
   * } | null}
   */
  let drag = null;

  const scroller = () => list.closest('.main');
  const rows = () => /** @type {HTMLElement[]} */ ([...list.children]);

  function draw() {
    if (!drag) return;
    const { row, from, tops, height } = drag;
    const scrolled = (scroller()?.scrollTop ?? 0) - drag.startScroll;
    const by = drag.y - drag.startY + scrolled;
    const middle = Number(tops[from]) + by + height / 2;
    let to = 0;
    while (to < tops.length - 1 && middle > Number(tops[to + 1])) to += 1;
    drag.to = to;
    rows().forEach((other, index) => {
      if (other === row) other.style.transform = `translateY(${by}px)`;
      else if (index > from && index <= to) other.style.transform = `translateY(${-height}px)`;
      else if (index < from && index >= to) other.style.transform = `translateY(${height}px)`;
      else other.style.transform = '';
    });
  }

  function follow() {
    if (!drag) return;
    const area = scroller();
    if (area) {
      const box = area.getBoundingClientRect();
      if (drag.y < box.top + EDGE) area.scrollTop -= SCROLL_STEP;
      else if (drag.y > box.bottom - EDGE) area.scrollTop += SCROLL_STEP;
    }
    draw();
    drag.frame = requestAnimationFrame(follow);
  }

  /** @param {boolean} drop */
  function end(drop) {
    if (!drag) return;
    const { id, row, from, to, handle, pointer, frame } = drag;
    cancelAnimationFrame(frame);
    drag = null;
    if (handle.hasPointerCapture(pointer)) handle.releasePointerCapture(pointer);
    for (const other of rows()) other.style.transform = '';
    setAttr(row, 'data-dragged', null);
    setAttr(list, 'data-sorting', null);
    document.removeEventListener('keydown', escape, true);
    if (drop && to !== from) void onmove(id, to);
  }

  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(false);
  }

  return {
    get busy() {
      return drag !== null;
    },
    /**
     * @param {HTMLElement} handle
     * @param {HTMLElement} row
     * @param {string} id What `onmove` is told.
     * @param {() => number} place
     */
    attach(handle, row, id, place) {
      handle.addEventListener('pointerdown', (event) => {
        if (event.button !== 0 || drag) return;
        event.preventDefault();
        handle.focus();
        handle.setPointerCapture(event.pointerId);
        const all = rows();
        drag = {
          id,
          row,
          from: place(),
          to: place(),
          startY: event.clientY,
          startScroll: scroller()?.scrollTop ?? 0,
          tops: all.map((one) => one.offsetTop),
          height: row.offsetHeight,
          pointer: event.pointerId,
          handle,
          y: event.clientY,
          frame: 0,
        };
        setAttr(row, 'data-dragged', 'true');
        setAttr(list, 'data-sorting', 'true');
        document.addEventListener('keydown', escape, true);
        drag.frame = requestAnimationFrame(follow);
      });
      handle.addEventListener('pointermove', (event) => {
        if (drag && event.pointerId === drag.pointer) {
          drag.y = event.clientY;
          draw();
        }
      });
      handle.addEventListener('pointerup', () => end(true));
      handle.addEventListener('pointercancel', () => end(false));
      handle.addEventListener('lostpointercapture', () => end(false));
    },
    destroy: () => end(false),
  };
}
