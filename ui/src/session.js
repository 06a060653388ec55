/**
 * What the person is in the middle of. It outlives a change of language, which draws the window anew, and a
 * reload of the page; it ends with the window.
 */

/** @typedef {import('./bindings/Draft').Draft} Draft */
/** @typedef {import('./bindings/Page').Page} Page */

/**
 * @typedef {object} Kept
 * @property {Draft | null} draft The composer's content; `null` until something was typed.
 * @property {string | null} serverAddress The address of an on-premise server, typed and not yet saved.
 * @property {Page | null} page The page in front; `null` until the person has turned to one.
 */

const KEY = 'session';
const storage = typeof sessionStorage === 'undefined' ? null : sessionStorage;

/** @returns {Partial<Kept>} What the page held before it was loaded anew. */
function before() {
  try {
    return JSON.parse(storage?.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}

export class Session {
  constructor() {
    /** @type {Kept} */
    this.kept = { draft: null, serverAddress: null, page: null, ...before() };
  }

  /** @param {Partial<Kept>} changes */
  keep(changes) {
    Object.assign(this.kept, changes);
    try {
      storage?.setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // A full or forbidden store costs the draft only when the page is loaded anew.
    }
  }

  get draft() {
    return this.kept.draft;
  }

  set draft(draft) {
    this.keep({ draft });
  }

  get serverAddress() {
    return this.kept.serverAddress;
  }

  set serverAddress(serverAddress) {
    this.keep({ serverAddress });
  }

  get page() {
    return this.kept.page;
  }

  set page(page) {
    this.keep({ page });
  }
}

/**
 * What every page is given.
 * @typedef {object} Ctx
 * @property {import('./ipc.js').Ipc} ipc
 * @property {import('./store.js').Store} store
 * @property {import('./parts/toasts.js').Toasts} toasts
 * @property {Session} session
 * @property {(error: unknown) => void} fail Says in a toast what a request rejected with.
 * @property {(page: import('./bindings/Page').Page) => void} go Shows a page.
 */

/**
 * A page: an element that is kept, and what keeps it true.
 * @typedef {object} PageView
 * @property {HTMLElement} element
 * @property {(snapshot: import('./bindings/Snapshot').Snapshot) => void} update Called with each new
 * snapshot, shown or not.
 * @property {() => void} [shown] Called when the page comes to the front.
 * @property {() => void} [destroy] Ends timers and listeners.
 */
