/**
 * The last snapshot, and who wants to know about the next one.
 */

/** @typedef {import('./bindings/Snapshot').Snapshot} Snapshot */

export class Store {
  /** @param {Snapshot} snapshot */
  constructor(snapshot) {
    this.snapshot = snapshot;
    /** @type {Set<(snapshot: Snapshot, before: Snapshot) => void>} */
    this.listeners = new Set();
  }

  /** @param {Snapshot} snapshot */
  replace(snapshot) {
    const before = this.snapshot;
    this.snapshot = snapshot;
    for (const listener of [...this.listeners]) listener(snapshot, before);
  }

  /**
   * @param {(snapshot: Snapshot, before: Snapshot) => void} listener
   * @returns {() => void} Ends it.
   */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
