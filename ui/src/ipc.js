/**
 * The bridge to Rust: every command and event the window knows. No other file names Tauri.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

/**
 * @typedef {import('./bindings/AvatarView').AvatarView} AvatarView
 * @typedef {import('./bindings/Crop').Crop} Crop
 * @typedef {import('./bindings/Diagnostics').Diagnostics} Diagnostics
 * @typedef {import('./bindings/Draft').Draft} Draft
 * @typedef {import('./bindings/DraftPreview').DraftPreview} DraftPreview
 * @typedef {import('./bindings/Extension').Extension} Extension
 * @typedef {import('./bindings/ImportReport').ImportReport} ImportReport
 * @typedef {import('./bindings/IpcError').IpcError} IpcError
 * @typedef {import('./bindings/Notice').Notice} Notice
 * @typedef {import('./bindings/Page').Page} Page
 * @typedef {import('./bindings/PictureView').PictureView} PictureView
 * @typedef {import('./bindings/Preset').Preset} Preset
 * @typedef {import('./bindings/ProfileView').ProfileView} ProfileView
 * @typedef {import('./bindings/Recent').Recent} Recent
 * @typedef {import('./bindings/ServerCheck').ServerCheck} ServerCheck
 * @typedef {import('./bindings/SettingsPatch').SettingsPatch} SettingsPatch
 * @typedef {import('./bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('./bindings/TokenView').TokenView} TokenView
 * @typedef {import('./bindings/UpdatesView').UpdatesView} UpdatesView
 * @typedef {import('./bindings/UploadProgress').UploadProgress} UploadProgress
 */

/**
 * @param {string} name
 * @returns {() => Promise<null>}
 */
const plain = (name) => () => invoke(name);

/** Requests reject with an {@link IpcError}. */
export const tauri = {
  /** @type {() => Promise<Snapshot>} */
  snapshot: () => invoke('snapshot'),
  /** @type {() => Promise<Page>} */
  initialPage: () => invoke('initial_page'),

  /** @type {(draft: Draft) => Promise<null>} */
  setStatus: (draft) => invoke('set_status', { draft }),
  clearStatus: plain('clear_status'),
  /** @type {(extension: Extension) => Promise<null>} */
  extend: (extension) => invoke('extend', { extension }),
  undoStatus: plain('undo_status'),
  /** @type {(id: string) => Promise<null>} */
  applyPreset: (id) => invoke('apply_preset', { id }),
  cancelPending: plain('cancel_pending'),
  refreshStatus: plain('refresh_status'),
  dismissProblem: plain('dismiss_problem'),
  composeTaken: plain('compose_taken'),
  /** @type {(ours: boolean) => Promise<null>} */
  resolveConflict: (ours) => invoke('resolve_conflict', { ours }),
  /** @type {(notice: Notice) => Promise<null>} */
  dismissNotice: (notice) => invoke('dismiss_notice', { notice }),
  /** @type {(draft: Draft) => Promise<DraftPreview>} */
  previewDraft: (draft) => invoke('preview_draft', { draft }),

  /** @type {(preset: Preset) => Promise<null>} */
  savePreset: (preset) => invoke('save_preset', { preset }),
  /** @type {(id: string) => Promise<null>} */
  duplicatePreset: (id) => invoke('duplicate_preset', { id }),
  /** @type {(id: string) => Promise<null>} */
  deletePreset: (id) => invoke('delete_preset', { id }),
  /** @type {(id: string, to: number) => Promise<null>} */
  movePreset: (id, to) => invoke('move_preset', { id, to }),
  undoPresets: plain('undo_presets'),
  restoreDefaultPresets: plain('restore_default_presets'),
  /** @type {() => Promise<ImportReport | null>} */
  importPresets: () => invoke('import_presets'),
  /** @type {() => Promise<string | null>} */
  exportPresets: () => invoke('export_presets'),
  /** @type {(recent: Recent) => Promise<null>} */
  removeRecent: (recent) => invoke('remove_recent', { recent }),
  /** @type {(patch: SettingsPatch) => Promise<null>} */
  changeSettings: (patch) => invoke('change_settings', { patch }),

  /** @type {(token: string, sessionOnly: boolean) => Promise<TokenView>} */
  connect: (token, sessionOnly) => invoke('connect', { token, sessionOnly }),
  disconnect: plain('disconnect'),
  retryKeyring: plain('retry_keyring'),
  /** @type {() => Promise<TokenView>} */
  tokenInfo: () => invoke('token_info'),
  /** @type {() => Promise<ProfileView>} */
  profile: () => invoke('profile'),

  /** @type {() => Promise<AvatarView>} */
  avatar: () => invoke('avatar'),
  /** @type {() => Promise<PictureView | null>} */
  choosePicture: () => invoke('choose_picture'),
  /** @type {(bytes: Uint8Array) => Promise<PictureView>} */
  loadPicture: (bytes) => invoke('load_picture', bytes),
  /**
   * @type {() => Promise<PictureView | null>} The picture on the clipboard, where the web view does not hand
   * it to the page.
   */
  pastePicture: () => invoke('paste_picture'),
  /** @type {(crop: Crop) => Promise<AvatarView>} */
  uploadAvatar: (crop) => invoke('upload_avatar', { crop }),
  cancelUpload: plain('cancel_upload'),
  /** @type {() => Promise<AvatarView>} */
  removeAvatar: () => invoke('remove_avatar'),
  /** @type {() => Promise<AvatarView>} */
  undoAvatar: () => invoke('undo_avatar'),

  /** @type {(address: string) => Promise<ServerCheck>} */
  checkServer: (address) => invoke('check_server', { address }),
  /** @type {() => Promise<Diagnostics>} */
  diagnostics: () => invoke('diagnostics'),
  /** @type {() => Promise<string>} */
  diagnosticsReport: () => invoke('diagnostics_report'),

  /** @type {(url: string) => Promise<string>} */
  inspectLink: (url) => invoke('inspect_link', { url }),
  /** @type {(url: string) => Promise<null>} */
  openLink: (url) => invoke('open_link', { url }),
  /**
   * @type {() => Promise<boolean>} Whether this desktop has global shortcuts at all; on Wayland it has none
   * for us.
   */
  shortcutsAvailable: () => invoke('shortcuts_available'),
  /** @type {() => Promise<UpdatesView>} What is known about newer versions, without asking anybody. */
  updates: () => invoke('updates'),
  /** @type {() => Promise<UpdatesView>} */
  lookForUpdate: () => invoke('look_for_update'),
  /** @type {() => Promise<null>} Ends the app when it succeeds; the new version starts. */
  installUpdate: () => invoke('install_update'),
  closeWindow: plain('close_window'),
  quit: plain('quit'),

  /** @type {(listener: (snapshot: Snapshot) => void) => Promise<() => void>} */
  onSnapshot: (listener) => listen('snapshot', (event) => listener(/** @type {Snapshot} */ (event.payload))),
  /** @type {(listener: (progress: UploadProgress) => void) => Promise<() => void>} */
  onUpload: (listener) =>
    listen('upload', (event) => listener(/** @type {UploadProgress} */ (event.payload))),
  /** @type {(listener: (page: Page) => void) => Promise<() => void>} */
  onNavigate: (listener) => listen('navigate', (event) => listener(/** @type {Page} */ (event.payload))),
};

/** @typedef {typeof tauri} Ipc */

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
