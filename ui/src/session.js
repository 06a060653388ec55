/**
 * What the person is in the middle of. It outlives a change of language, which draws the window anew.
 */

/** @typedef {import('./bindings/Draft').Draft} Draft */

export class Session {
  constructor() {
    /** The composer's content; `null` until something was typed. @type {Draft | null} */
    this.draft = null;
    /** The address of an on-premise server, typed and not yet saved. @type {string | null} */
    this.serverAddress = null;
  }
}

/**
 * What every page is given.
 * @typedef {object} Ctx
 * @property {import('./ipc.js').Ipc} ipc
 * @property {import('./store.js').Store} store
 * @property {import('./parts/toasts.js').Toasts} toasts
 * @property {Session} session
 * @property {(page: import('./bindings/Page').Page) => void} go Shows a page.
 */

/**
 * A page: an element that is kept, and what keeps it true.
 * @typedef {object} PageView
 * @property {HTMLElement} element
 * @property {(snapshot: import('./bindings/Snapshot').Snapshot) => void} update Called with each new snapshot, shown or not.
 * @property {() => void} [shown] Called when the page comes to the front.
 * @property {() => void} [destroy] Ends timers and listeners.
 */
