/**
 * Answers like the app does, without it: for development in a plain browser and for tests. Never in the build
 * that ships.
 */
import {
  presetView,
  resolveExpiry,
  sampleDiagnostics,
  samplePicture,
  samplePresets,
  sampleProfile,
  sampleSnapshot,
  sampleToken,
  whenOf,
} from './ipc.mock.data.js';
import { same } from './values.js';

/**
 * @typedef {import('./ipc.js').Ipc} Ipc
 * @typedef {import('./bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('./bindings/StatusView').StatusView} StatusView
 * @typedef {import('./bindings/Draft').Draft} Draft
 * @typedef {import('./bindings/Invalid').Invalid} Invalid
 * @typedef {import('./bindings/IpcError').IpcError} IpcError
 * @typedef {import('./bindings/ErrorCode').ErrorCode} ErrorCode
 * @typedef {import('./bindings/Page').Page} Page
 */

/**
 * @param {ErrorCode} code
 * @param {Partial<IpcError>} [more]
 * @returns {IpcError}
 */
export function mockError(code, more = {}) {
  return { code, failure: null, detail: null, token: null, ...more };
}

/**
 * @param {import('./bindings/FailureKind').FailureKind} kind
 * @param {Partial<import('./bindings/Failure').Failure>} [more]
 * @returns {import('./bindings/Failure').Failure}
 */
export function mockFailure(kind, more = {}) {
  return {
    kind,
    http_status: null,
    server_message: null,
    scope: null,
    request_id: null,
    retry_after_seconds: null,
    ambiguous: false,
    ...more,
  };
}

/**
 * @param {Draft} draft
 * @returns {import('./bindings/DraftPreview').DraftPreview}
 */
export function previewOf(draft) {
  const end = resolveExpiry(draft.expiry);
  const ends = end instanceof Date && !Number.isNaN(end.getTime()) ? whenOf(end) : null;
  const message = draft.away_message
    .replaceAll('{time}', ends ? ends.time : '')
    .replaceAll('{date}', ends ? `${ends.day_of_month}.${ends.month}` : '');
  /** @type {Invalid[]} */
  const problems = [];
  const length = [...draft.title.trim()].length;
  if (draft.emoji === '') problems.push('emoji_missing');
  if (length === 0) problems.push('title_missing');
  if (length > 50) problems.push('title_too_long');
  if ([...message].length > 1024) problems.push('away_message_too_long');
  if (end === 'no-date') problems.push('date_missing');
  if (draft.expiry.kind === 'minutes' && !(draft.expiry.minutes >= 1 && draft.expiry.minutes <= 527_040))
    problems.push('minutes_out_of_range');
  else if (end instanceof Date && end.getTime() <= Date.now()) problems.push('end_in_the_past');
  return {
    ends,
    away_message: message,
    title_length: length,
    away_message_length: [...message].length,
    problems,
  };
}

export class Mock {
  /**
   * @param {Snapshot} snapshot
   * @param {{ latency?: number, page?: Page }} [options] `latency` in milliseconds for each answer.
   */
  constructor(snapshot, { latency = 0, page = 'status' } = {}) {
    this.snapshot = snapshot;
    this.latency = latency;
    this.page = page;
    /** @type {Array<[name: string, ...args: unknown[]]>} */
    this.calls = [];
    /** @type {Map<string, IpcError>} */
    this.failures = new Map();
    /** @type {Map<string, unknown>} */
    this.answers = new Map();
    /** @type {Set<(snapshot: Snapshot) => void>} */
    this.snapshotListeners = new Set();
    /** @type {Set<(progress: import('./bindings/UploadProgress').UploadProgress) => void>} */
    this.uploadListeners = new Set();
    /** @type {Set<(page: Page) => void>} */
    this.navigateListeners = new Set();
    this.picture = /** @type {string | null} */ (samplePicture(320));
    this.previousPicture = /** @type {string | null | undefined} */ (undefined);
    this.cancelled = false;
    /** @type {import('./bindings/PresetView').PresetView[] | null} */
    this.presetsBefore = null;
  }

  /** @param {Partial<Snapshot>} changes */
  change(changes) {
    this.snapshot = { ...this.snapshot, ...changes };
    for (const listener of this.snapshotListeners) listener(this.snapshot);
  }

  /**
   * The next calls of `name` fail with this; `null` ends it.
   * @param {keyof Ipc} name
   * @param {IpcError | null} error
   */
  fail(name, error) {
    if (error) this.failures.set(name, error);
    else this.failures.delete(name);
  }

  /**
   * @template T
   * @param {string} name
   * @param {unknown[]} args
   * @param {() => T} answer
   * @returns {Promise<T>}
   */
  async reply(name, args, answer) {
    this.calls.push([name, ...args]);
    await new Promise((resolve) =>
      this.latency > 0 ? setTimeout(resolve, this.latency) : queueMicrotask(() => resolve(null)),
    );
    const error = this.failures.get(name);
    if (error) throw error;
    if (this.answers.has(name)) return /** @type {T} */ (this.answers.get(name));
    return answer();
  }

  /** @param {StatusView | null} wanted */
  write(wanted) {
    const before = this.snapshot.status.status;
    this.change({ pending: { wanted, phase: 'sending', saved: true }, problem: null });
    const confirm = () =>
      this.change({
        pending: null,
        status: { status: wanted, known: true, seen: whenOf(new Date()), stale: false },
        undo: { previous: before, until: whenOf(new Date(Date.now() + 600_000)) },
        presets: this.snapshot.presets.map((view) =>
          presetView(view.preset, view.preset.title === wanted?.title),
        ),
      });
    if (this.latency > 0) setTimeout(confirm, this.latency * 2);
    else confirm();
    return null;
  }

  /** @param {import('./bindings/PresetView').PresetView[]} presets */
  replacePresets(presets) {
    this.presetsBefore = this.snapshot.presets;
    this.change({ presets, presets_are_default: false, presets_can_undo: true });
    return null;
  }

  /** @returns {Ipc} */
  ipc() {
    const say =
      (/** @type {string} */ name, /** @type {(...args: any[]) => any} */ answer = () => null) =>
      (/** @type {any[]} */ ...args) =>
        this.reply(name, args, () => answer(...args));
    const view = (/** @type {Draft} */ draft) => {
      const preview = previewOf(draft);
      return {
        emoji: draft.emoji,
        title: draft.title,
        ends: preview.ends,
        is_away: draft.is_away,
        away_message: preview.away_message || null,
      };
    };
    const presets = () => this.snapshot.presets;
    const indexOf = (/** @type {string} */ id) => presets().findIndex((p) => p.preset.id === id);
    return {
      snapshot: say('snapshot', () => this.snapshot),
      initialPage: say('initialPage', () => this.page),
      setStatus: say('setStatus', (draft) => this.write(view(draft))),
      clearStatus: say('clearStatus', () => this.write(null)),
      extend: say('extend', (extension) => {
        const status = this.snapshot.status.status;
        if (!status) throw mockError('nothing_there');
        const from = status.ends ? new Date(status.ends.at) : new Date();
        const end =
          extension.kind === 'minutes'
            ? new Date(from.getTime() + extension.minutes * 60_000)
            : resolveExpiry({ kind: 'end_of_workday' });
        return this.write({ ...status, ends: end instanceof Date ? whenOf(end) : null });
      }),
      undoStatus: say('undoStatus', () => {
        const previous = this.snapshot.undo?.previous ?? null;
        this.write(previous);
        this.change({ undo: null });
        return null;
      }),
      applyPreset: say('applyPreset', (id) => {
        const preset = presets()[indexOf(id)]?.preset;
        if (!preset) throw mockError('nothing_there');
        if (preset.expiry.kind === 'ask_date') this.change({ compose: preset });
        else this.write(view(preset));
        return null;
      }),
      cancelPending: say('cancelPending', () => this.change({ pending: null })),
      refreshStatus: say('refreshStatus', () =>
        this.change({ status: { ...this.snapshot.status, seen: whenOf(new Date()), stale: false } }),
      ),
      retryStatus: say('retryStatus', () => this.change({ problem: null })),
      dismissProblem: say('dismissProblem', () => this.change({ problem: null })),
      composeTaken: say('composeTaken', () => this.change({ compose: null })),
      resolveConflict: say('resolveConflict', (ours) => {
        const conflict = this.snapshot.conflict;
        this.change({
          conflict: null,
          pending: null,
          status: { ...this.snapshot.status, status: (ours ? conflict?.ours : conflict?.theirs) ?? null },
        });
        return null;
      }),
      dismissNotice: say('dismissNotice', (notice) =>
        this.change({ notices: this.snapshot.notices.filter((n) => n.kind !== notice.kind) }),
      ),
      previewDraft: say('previewDraft', previewOf),
      savePreset: say('savePreset', (preset) => {
        const at = indexOf(preset.id);
        return this.replacePresets(
          at < 0
            ? [...presets(), presetView(preset)]
            : presets().map((p, i) => (i === at ? presetView(preset, p.active) : p)),
        );
      }),
      duplicatePreset: say('duplicatePreset', (id) => {
        const at = indexOf(id);
        const original = presets()[at];
        if (!original) throw mockError('nothing_there');
        const copy = presetView({ ...original.preset, id: `${id}-copy-${presets().length}` });
        return this.replacePresets([...presets().slice(0, at + 1), copy, ...presets().slice(at + 1)]);
      }),
      deletePreset: say('deletePreset', (id) =>
        this.replacePresets(presets().filter((p) => p.preset.id !== id)),
      ),
      movePreset: say('movePreset', (id, to) => {
        const moved = presets()[indexOf(id)];
        if (!moved) throw mockError('nothing_there');
        const rest = presets().filter((p) => p !== moved);
        return this.replacePresets([...rest.slice(0, to), moved, ...rest.slice(to)]);
      }),
      undoPresets: say('undoPresets', () => {
        if (!this.presetsBefore) throw mockError('nothing_there');
        this.change({ presets: this.presetsBefore, presets_can_undo: false });
        return null;
      }),
      restoreDefaultPresets: say('restoreDefaultPresets', () => {
        this.replacePresets(samplePresets(this.snapshot.lang).map((preset) => presetView(preset)));
        this.change({ presets_are_default: true });
        return null;
      }),
      importPresets: say('importPresets', () => ({ added: 3, replaced: 1 })),
      exportPresets: say('exportPresets', () => '/home/marina/pachca-presets.json'),
      removeRecent: say('removeRecent', (recent) =>
        this.change({
          recents: this.snapshot.recents.filter((one) => !same(one, recent)),
        }),
      ),
      changeSettings: say('changeSettings', (patch) => {
        const language = patch.language ?? this.snapshot.settings.language;
        this.change({
          settings: { ...this.snapshot.settings, ...patch },
          lang: language === 'system' ? this.snapshot.lang : language,
        });
        return null;
      }),
      connect: say('connect', (token, sessionOnly) => {
        if (String(token).length < 8) throw mockError('token_malformed');
        const account = sampleSnapshot(this.snapshot.lang).account;
        this.change({
          account,
          token: sessionOnly ? 'session_only' : 'kept',
          link: { kind: 'online' },
          missing_scopes: [],
        });
        return sampleToken(this.snapshot.lang, this.snapshot.token);
      }),
      disconnect: say('disconnect', () =>
        this.change({
          account: null,
          token: 'missing',
          link: { kind: 'unknown' },
          pending: null,
          undo: null,
        }),
      ),
      retryKeyring: say('retryKeyring', () => this.change({ token: 'kept' })),
      tokenInfo: say('tokenInfo', () =>
        sampleToken(this.snapshot.lang, this.snapshot.token, this.snapshot.account?.scopes),
      ),
      profile: say('profile', () => sampleProfile(this.snapshot.lang)),
      avatar: say('avatar', () => ({ image: this.picture, can_undo: this.previousPicture !== undefined })),
      choosePicture: say('choosePicture', () => ({
        id: 1,
        width: 3000,
        height: 2100,
        preview: samplePicture(1600),
        was_animated: false,
      })),
      loadPicture: say('loadPicture', () => ({
        id: 2,
        width: 3000,
        height: 2100,
        preview: samplePicture(1600),
        was_animated: true,
      })),
      pastePicture: say('pastePicture', () => null),
      uploadAvatar: async (crop) => {
        this.cancelled = false;
        for (let step = 1; step <= 20 && this.latency > 0; step += 1) {
          await new Promise((resolve) => setTimeout(resolve, this.latency / 2));
          if (this.cancelled) throw mockError('cancelled');
          for (const listener of this.uploadListeners) listener({ sent: step * 12_000, total: 240_000 });
        }
        return this.reply('uploadAvatar', [crop], () => {
          this.previousPicture = this.picture;
          this.picture = samplePicture(300);
          return { image: this.picture, can_undo: true };
        });
      },
      cancelUpload: say('cancelUpload', () => {
        this.cancelled = true;
        return null;
      }),
      removeAvatar: say('removeAvatar', () => {
        this.previousPicture = this.picture;
        this.picture = null;
        return { image: null, can_undo: true };
      }),
      undoAvatar: say('undoAvatar', () => {
        this.picture = this.previousPicture ?? null;
        this.previousPicture = undefined;
        return { image: this.picture, can_undo: false };
      }),
      checkServer: say('checkServer', (address) => ({
        address: String(address).replace(/\/$/, ''),
        milliseconds: 48,
      })),
      diagnostics: say('diagnostics', sampleDiagnostics),
      diagnosticsReport: say('diagnosticsReport', () => 'Pachca Status 0.1.0\nnetwork: good'),
      inspectLink: say('inspectLink', (url) => {
        const { protocol, host } = new URL(String(url));
        if (protocol !== 'https:') throw mockError('link_refused');
        return host;
      }),
      openLink: say('openLink'),
      shortcutsAvailable: say('shortcutsAvailable', () => true),
      updates: say('updates', () => ({ offered: false, found: null })),
      lookForUpdate: say('lookForUpdate', () => ({ offered: true, found: null })),
      installUpdate: say('installUpdate'),
      closeWindow: say('closeWindow'),
      quit: say('quit'),
      onSnapshot: async (listener) => {
        this.snapshotListeners.add(listener);
        return () => this.snapshotListeners.delete(listener);
      },
      onUpload: async (listener) => {
        this.uploadListeners.add(listener);
        return () => this.uploadListeners.delete(listener);
      },
      onNavigate: async (listener) => {
        this.navigateListeners.add(listener);
        return () => this.navigateListeners.delete(listener);
      },
    };
  }
}

/** Situations to look at: `?scenario=…`. @type {Record<string, (lang: 'ru' | 'en') => Partial<Snapshot>>} */
const SCENARIOS = {
  empty: () => ({}),
  set: (lang) => ({
    status: { status: statusOf(lang, 'lunch', 42), known: true, seen: whenOf(new Date()), stale: false },
    undo: { previous: statusOf(lang, 'remote', 240), until: whenOf(new Date(Date.now() + 540_000)) },
    presets: samplePresets(lang).map((p) => presetView(p, p.id === 'lunch')),
  }),
  nobody: () => ({
    account: null,
    token: 'missing',
    link: { kind: 'unknown' },
    status: { status: null, known: false, seen: null, stale: false },
  }),
  locked: () => ({
    account: null,
    token: 'locked',
    link: { kind: 'unknown' },
    status: { status: null, known: false, seen: null, stale: false },
  }),
  loading: () => ({ token: 'loading', status: { status: null, known: false, seen: null, stale: false } }),
  waiting: (lang) => ({
    status: {
      status: statusOf(lang, 'remote', 200),
      known: true,
      seen: whenOf(new Date(Date.now() - 1_800_000)),
      stale: true,
    },
    pending: { wanted: statusOf(lang, 'lunch', 55), phase: 'waiting', saved: true },
    link: { kind: 'trouble', failure: 'offline', retry: whenOf(new Date(Date.now() + 120_000)) },
  }),
  conflict: (lang) => ({
    status: { status: statusOf(lang, 'meeting', 30), known: true, seen: whenOf(new Date()), stale: false },
    pending: { wanted: statusOf(lang, 'lunch', 55), phase: 'waiting', saved: true },
    conflict: { theirs: statusOf(lang, 'meeting', 30), ours: statusOf(lang, 'lunch', 55), reason: 'changed' },
  }),
  refused: (lang) => ({
    pending: { wanted: statusOf(lang, 'lunch', 55), phase: 'refused', saved: true },
    problem: {
      failure: mockFailure('scope_missing', {
        http_status: 403,
        scope: 'profile_status:write',
        request_id: '7f0c9a1e-55d2-4b83',
        server_message: 'Insufficient scope. Required: profile_status:write',
      }),
      at: new Date().toISOString(),
    },
    missing_scopes: ['profile_status:write', 'profile_avatar:write'],
    account: {
      id: { origin: 'https://api.pachca.com', user_id: 12 },
      name: lang === 'ru' ? 'Марина Соколова' : 'Marina Sokolova',
      role: 'user',
      scopes: ['profile:read', 'profile_status:read', 'custom_properties:read', 'messages:create'],
    },
  }),
  rejected: () => ({ token: 'rejected' }),
  notices: () => ({
    notices: [
      { kind: 'no_tray_host' },
      {
        kind: 'file_damaged',
        path: '/home/marina/.config/pachca-status/settings.json.damaged-1',
        restored: true,
      },
      { kind: 'clock_off', seconds: -340 },
    ],
  }),
  strange: () => ({
    account: {
      id: { origin: 'https://pachca.' + 'very-long-department-name.'.repeat(4) + 'example', user_id: 12 },
      name: '<img src=x onerror=alert(1)> ' + 'ש'.repeat(40),
      role: 'user',
      scopes: ['profile:read'],
    },
    status: {
      status: {
        emoji: '🏳️‍🌈',
        title: '🎉'.repeat(50),
        ends: whenOf(new Date(Date.now() + 9_000_000_000)),
        is_away: true,
        away_message: '<script>alert(1)</script> ' + 'ммм'.repeat(300),
      },
      known: true,
      seen: whenOf(new Date()),
      stale: false,
    },
    presets: Array.from({ length: 100 }, (_, i) =>
      presetView({
        id: `p-${i}`,
        emoji: '🧪',
        title: i % 3 === 0 ? 'مرحبا بالعالم הכל טוב ' + i : '<img src=x onerror=alert(1)>'.slice(0, 40) + i,
        expiry: { kind: 'minutes', minutes: 15 + i },
        is_away: i % 2 === 0,
        away_message: '',
        in_tray: i < 9,
      }),
    ),
    presets_are_default: false,
  }),
};

/**
 * @param {'ru' | 'en'} lang
 * @param {string} id
 * @param {number} minutes
 * @returns {StatusView}
 */
function statusOf(lang, id, minutes) {
  const preset = samplePresets(lang).find((p) => p.id === id);
  if (!preset) throw new Error(id);
  const ends = whenOf(new Date(Date.now() + minutes * 60_000));
  return {
    emoji: preset.emoji,
    title: preset.title,
    ends,
    is_away: preset.is_away,
    away_message: preset.away_message.replace('{time}', ends.time) || null,
  };
}

/**
 * @param {Location} location `?lang=en&theme=dark&page=presets&scenario=set&latency=300`
 * @returns {Ipc}
 */
export function mockFromAddress(location) {
  const params = new URLSearchParams(location.search);
  const lang = params.get('lang') === 'en' ? 'en' : 'ru';
  const snapshot = sampleSnapshot(lang, SCENARIOS[params.get('scenario') ?? 'set']?.(lang));
  const theme = params.get('theme');
  if (theme === 'light' || theme === 'dark') snapshot.settings = { ...snapshot.settings, theme };
  const page = /** @type {Page} */ (params.get('page') ?? 'status');
  const mock = new Mock(snapshot, { latency: Number(params.get('latency') ?? 0), page });
  Object.assign(window, { mock });
  return mock.ipc();
}
