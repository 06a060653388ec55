/**
 * The bridge to Rust: every command and event the window knows. No other file names Tauri.
 *
 * Commands and their types are written from `crates/status-app/src/ipc/commands.rs`.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import { COMMANDS } from './bindings/command-table.js';

/**
 * @typedef {import('./bindings/Commands').Commands} Commands
 * @typedef {import('./bindings/Page').Page} Page
 * @typedef {import('./bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('./bindings/UploadProgress').UploadProgress} UploadProgress
 */

/**
 * @typedef {object} Events
 * @property {(listener: (snapshot: Snapshot) => void) => Promise<() => void>} onSnapshot
 * @property {(listener: (progress: UploadProgress) => void) => Promise<() => void>} onUpload
 * @property {(listener: (page: Page) => void) => Promise<() => void>} onNavigate
 */

/** @typedef {Commands & Events} Ipc Commands reject with an `IpcError`. */

/**
 * @param {string[]} command Its name, then the names of its arguments; an empty one is the body itself.
 * @returns {(...values: any[]) => Promise<any>}
 */
function caller([name, ...parameters]) {
  if (parameters[0] === '') return (body) => invoke(name, body);
  return (...values) =>
    invoke(name, Object.fromEntries(parameters.map((parameter, place) => [parameter, values[place]])));
}

/**
 * @param {string} event
 * @returns {(listener: (payload: any) => void) => Promise<() => void>}
 */
const on = (event) => (listener) => listen(event, ({ payload }) => listener(payload));

export const tauri = /** @type {Ipc} */ (
  /** @type {unknown} */ ({
    ...Object.fromEntries(Object.entries(COMMANDS).map(([method, command]) => [method, caller(command)])),
    onSnapshot: on('snapshot'),
    onUpload: on('upload'),
    onNavigate: on('navigate'),
  })
);

/**
 * @returns {Promise<Ipc>} The real bridge. In a plain browser a development build answers by itself; the
 * build that ships has only the bridge.
 */
export async function openIpc() {
  if (import.meta.env.MODE !== 'production' && !('__TAURI_INTERNALS__' in window)) {
    const { mockFromAddress } = await import('./ipc.mock.js');
    return mockFromAddress(window.location);
  }
  return tauri;
}
