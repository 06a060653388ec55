/**
 * The few things needed to build a page out of elements and keep it up to date by patching.
 * There is no way to make markup out of text here, on purpose.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {string | number | boolean | null | undefined} Value */
/**
 * What an element is made with. Closed, so that a typo is found by `tsc`.
 * @typedef {{
 *   class?: string, testid?: string, text?: string,
 *   value?: string | number, checked?: boolean, disabled?: boolean, hidden?: boolean,
 *   id?: string, title?: string, role?: string, lang?: string, dir?: 'auto' | 'ltr', draggable?: string,
 *   tabindex?: number | string, type?: string, placeholder?: string, inputmode?: string,
 *   novalidate?: boolean, autocomplete?: string, autocapitalize?: string, spellcheck?: string, min?: number,
 * max?: number,
 *   step?: number, maxlength?: number, rows?: number, for?: string, href?: string, alt?: string,
 *   scope?: string, width?: number, height?: number,
 * } & { [aria: `aria-${string}`]: Value, [data: `data-${string}`]: Value }
 *   & { [on: `on${string}`]: any }} Props Handlers are not typed: most name the element they belong to.
 */

/** Set as properties, because the attribute means something else (or only the initial value). */
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden']);

/**
 * @param {Element} element
 * @param {Props} props
 */
export function setProps(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (name === 'class') element.setAttribute('class', value);
    else if (name === 'text') setText(element, value);
    else if (name === 'testid') element.setAttribute('data-testid', value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) /** @type {any} */ (element)[name] = value;
    else setAttr(element, name, value);
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  setProps(element, props);
  append(element, children);
  return element;
}

/**
 * @param {Element} element
 * @param {Child[]} children
 */
export function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | null} value `true` is an empty attribute, `false` and `null` none. ARIA
 * states are words, so `aria-*` writes `true` and `false` out.
 */
export function setAttr(element, name, value) {
  const text =
    value === true
      ? name.startsWith('aria-')
        ? 'true'
        : ''
      : value === false && name.startsWith('aria-')
        ? 'false'
        : value;
  if (text === null || text === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(text)) element.setAttribute(name, String(text));
}

/**
 * Changes nothing when the text is already there, so that a selection and a screen reader are left in peace.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {HTMLElement} element
 * @param {boolean} visible
 */
export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

/**
 * Makes the children of `parent` the views of `items`, keeping the elements (and the focus in them) of those
 * that stay.
 * @template T
 * @template {{ element: HTMLElement, update: (item: T, index: number) => void }} V
 * @param {HTMLElement} parent
 * @param {Map<string, V>} views Kept between calls.
 * @param {readonly T[]} items
 * @param {(item: T, index: number) => string} keyOf
 * @param {(item: T, index: number) => V} create
 */
export function keyed(parent, views, items, keyOf, create) {
  const wanted = new Set(items.map(keyOf));
  for (const [key, view] of views) {
    if (wanted.has(key)) continue;
    view.element.remove();
    views.delete(key);
  }
  /** @type {Element | null} */
  let place = parent.firstElementChild;
  items.forEach((item, index) => {
    const key = keyOf(item, index);
    let view = views.get(key);
    if (!view) {
      view = create(item, index);
      views.set(key, view);
    }
    view.update(item, index);
    if (view.element === place) {
      place = place.nextElementSibling;
    } else {
      const focused = view.element.contains(document.activeElement) ? document.activeElement : null;
      parent.insertBefore(view.element, place);
      if (focused instanceof HTMLElement) focused.focus();
    }
  });
}

let lastId = 0;

/**
 * @param {string} stem
 * @returns {string} An id that no other element has.
 */
export function uniqueId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
