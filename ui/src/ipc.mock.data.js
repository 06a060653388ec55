/**
 * A made-up person and their workspace, for development in a plain browser and for tests.
 */
import { isoTime } from './formats.js';

/**
 * @typedef {import('./bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('./bindings/Preset').Preset} Preset
 * @typedef {import('./bindings/Expiry').Expiry} Expiry
 * @typedef {import('./bindings/When').When} When
 * @typedef {import('./bindings/Lang').Lang} Lang
 */

const HOUR = 3_600_000;

/**
 * @param {Date} date
 * @param {Date} [now]
 * @returns {When}
 */
export function whenOf(date, now = new Date()) {
  const midnight = (/** @type {Date} */ d) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((midnight(date) - midnight(now)) / (24 * HOUR));
  const near = /** @type {const} */ ({ '-1': 'yesterday', 0: 'today', 1: 'tomorrow' });
  return {
    at: date.toISOString(),
    day:
      near[/** @type {keyof typeof near} */ (days)] ??
      (date.getFullYear() === now.getFullYear() ? 'this_year' : 'other_year'),
    time: isoTime(date.getHours(), date.getMinutes()),
    day_of_month: date.getDate(),
    month: date.getMonth() + 1,
    year: date.getFullYear(),
  };
}

/**
 * @param {Expiry} expiry
 * @param {Date} [now]
 * @returns {Date | null | 'no-date'}
 */
export function resolveExpiry(expiry, now = new Date()) {
  const at = (/** @type {number} */ plusDays, /** @type {number} */ hour) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + plusDays, hour);
  switch (expiry.kind) {
    case 'never':
      return null;
    case 'minutes':
      return new Date(now.getTime() + expiry.minutes * 60_000);
    case 'end_of_workday':
      return now.getHours() < 18 ? at(0, 18) : at(1, 18);
    case 'end_of_day':
      return at(1, 0);
    case 'tomorrow_morning':
      return at(1, 9);
    case 'next_working_morning':
      return at(now.getDay() === 5 ? 3 : now.getDay() === 6 ? 2 : 1, 9);
    case 'at':
      return new Date(expiry.at);
    case 'ask_date':
      return 'no-date';
  }
}

/**
 * @type {Record<Lang, Array<[id: string, emoji: string, title: string, expiry: Expiry, inTray: boolean,
 * message: string]>>}
 */
const PRESETS = {
  ru: [
    ['away', '🚶', 'Отошёл', { kind: 'minutes', minutes: 30 }, true, 'Отошёл, вернусь в {time}.'],
    ['lunch', '🍔', 'На обеде', { kind: 'minutes', minutes: 60 }, true, 'На обеде, вернусь в {time}.'],
    ['meeting', '📅', 'На встрече', { kind: 'minutes', minutes: 60 }, true, ''],
    ['focus', '🎯', 'Не беспокоить', { kind: 'minutes', minutes: 120 }, true, ''],
    ['remote', '🏡', 'Работаю удалённо', { kind: 'end_of_workday' }, true, ''],
    [
      'done',
      '🌙',
      'Рабочий день окончен',
      { kind: 'next_working_morning' },
      true,
      'Рабочий день закончен, отвечу {date} после {time}.',
    ],
    ['call', '📞', 'На созвоне', { kind: 'minutes', minutes: 30 }, false, ''],
    [
      'commuting',
      '🚗',
      'В дороге',
      { kind: 'minutes', minutes: 45 },
      false,
      'В дороге, отвечу после {time}.',
    ],
    ['office', '🏢', 'В офисе', { kind: 'end_of_workday' }, false, ''],
    ['sick', '🤒', 'Болею', { kind: 'end_of_day' }, false, 'Болею, сегодня не на связи.'],
    ['vacation', '🏖️', 'В отпуске', { kind: 'ask_date' }, false, 'В отпуске до {date}.'],
  ],
  en: [
    ['away', '🚶', 'Away', { kind: 'minutes', minutes: 30 }, true, 'Stepped away, back at {time}.'],
    ['lunch', '🍔', 'Lunch', { kind: 'minutes', minutes: 60 }, true, 'At lunch, back at {time}.'],
    ['meeting', '📅', 'In a meeting', { kind: 'minutes', minutes: 60 }, true, ''],
    ['focus', '🎯', 'Focus', { kind: 'minutes', minutes: 120 }, true, ''],
    ['remote', '🏡', 'Working remotely', { kind: 'end_of_workday' }, true, ''],
    [
      'done',
      '🌙',
      'Done for today',
      { kind: 'next_working_morning' },
      true,
      'Done for today, I will answer {date} after {time}.',
    ],
    ['call', '📞', 'On a call', { kind: 'minutes', minutes: 30 }, false, ''],
    [
      'commuting',
      '🚗',
      'Commuting',
      { kind: 'minutes', minutes: 45 },
      false,
      'On the way, I will answer after {time}.',
    ],
    ['office', '🏢', 'At the office', { kind: 'end_of_workday' }, false, ''],
    ['sick', '🤒', 'Out sick', { kind: 'end_of_day' }, false, 'Out sick, not available today.'],
    ['vacation', '🏖️', 'On vacation', { kind: 'ask_date' }, false, 'On vacation until {date}.'],
  ],
};

/**
 * @param {Lang} lang
 * @returns {Preset[]}
 */
export function samplePresets(lang) {
  return PRESETS[lang].map(([id, emoji, title, expiry, in_tray, away_message]) => ({
    id,
    emoji,
    title,
    expiry,
    in_tray,
    is_away: away_message !== '',
    away_message,
  }));
}

/**
 * @param {Preset} preset
 * @param {boolean} active
 * @returns {import('./bindings/PresetView').PresetView}
 */
export function presetView(preset, active = false) {
  const end = resolveExpiry(preset.expiry);
  return { preset, would_end: end instanceof Date ? whenOf(end) : null, active };
}

export const ALL_SCOPES = /** @type {const} */ ([
  'profile:read',
  'profile_status:read',
  'profile_status:write',
  'profile_avatar:write',
  'custom_properties:read',
]);

/** @returns {Snapshot['extensions']} */
function sampleExtensions() {
  const after = (/** @type {number} */ minutes) => whenOf(new Date(Date.now() + minutes * 60_000));
  const byMinutes = [15, 30, 60].map((minutes) => ({
    extension: { kind: /** @type {const} */ ('minutes'), minutes },
    would_end: after(minutes),
  }));
  return [...byMinutes, { extension: { kind: 'end_of_workday' }, would_end: after(300) }];
}

/**
 * @param {Lang} lang
 * @param {Partial<Snapshot>} [changes]
 * @returns {Snapshot}
 */
export function sampleSnapshot(lang, changes = {}) {
  const ru = lang === 'ru';
  return {
    lang,
    account: {
      id: { origin: 'https://api.pachca.com', user_id: 12 },
      name: ru ? 'Марина Соколова' : 'Marina Sokolova',
      role: 'admin',
      scopes: [...ALL_SCOPES],
    },
    token: 'kept',
    missing_scopes: [],
    link: { kind: 'online' },
    status: { status: null, known: true, seen: whenOf(new Date()), stale: false },
    pending: null,
    conflict: null,
    extensions: sampleExtensions(),
    undo: null,
    presets: samplePresets(lang).map((preset) => presetView(preset)),
    presets_are_default: true,
    presets_can_undo: false,
    recents: [
      {
        emoji: '🦷',
        title: ru ? 'У врача' : 'At the dentist',
        expiry: { kind: 'minutes', minutes: 90 },
        is_away: true,
        away_message: ru ? 'Буду после {time}.' : 'Back after {time}.',
      },
      {
        emoji: '✈️',
        title: ru ? 'Лечу в Казань' : 'Flying to Kazan',
        expiry: { kind: 'end_of_day' },
        is_away: true,
        away_message: '',
      },
    ],
    settings: {
      language: 'system',
      theme: 'system',
      start_at_login: false,
      notifications: { failures: true, delivered: true, expired: false },
      working_hours: {
        start: '09:00:00',
        end: '18:00:00',
        days: [true, true, true, true, true, false, false],
      },
      server: null,
      check_interval_minutes: 5,
      shortcut_open: null,
      shortcut_clear: null,
      close_window: 'keep_in_tray',
      tray_limit: 7,
      look_for_updates: false,
      close_notice_seen: true,
      page: 'status',
      window_size: null,
    },
    problem: null,
    notices: [],
    compose: null,
    ...changes,
  };
}

/**
 * @param {Lang} lang
 * @returns {import('./bindings/ProfileView').ProfileView}
 */
export function sampleProfile(lang) {
  const ru = lang === 'ru';
  return {
    id: 12,
    first_name: ru ? 'Марина' : 'Marina',
    last_name: ru ? 'Соколова' : 'Sokolova',
    nickname: 'marina.sokolova',
    email: 'marina@severny-veter.example',
    phone_number: '+7 900 123-45-67',
    department: ru ? 'Продукт' : 'Product',
    title: ru ? 'Руководитель продукта' : 'Product lead',
    role: 'admin',
    suspended: false,
    invite_status: 'confirmed',
    inviter_id: 3,
    tags: ru
      ? ['Продукт', 'Дизайн-система', 'Санкт-Петербург']
      : ['Product', 'Design system', 'Saint Petersburg'],
    custom_fields: [
      {
        id: 1,
        name: ru ? 'Город' : 'City',
        kind: 'text',
        value: ru ? 'Санкт-Петербург' : 'Saint Petersburg',
      },
      { id: 2, name: ru ? 'Табельный номер' : 'Employee number', kind: 'number', value: '104822' },
      { id: 3, name: ru ? 'День рождения' : 'Birthday', kind: 'date', value: '1990-05-17T00:00:00.000Z' },
      {
        id: 4,
        name: ru ? 'Личная страница' : 'Home page',
        kind: 'link',
        value: 'https://example.com/marina?from=pachca',
      },
      { id: 5, name: ru ? 'Размер футболки' : 'T-shirt size', kind: 'text', value: null },
    ],
    definitions_missing: false,
    bot: false,
    sso: true,
    created_at: '2023-03-14T08:12:00.000Z',
    last_activity_at: new Date(Date.now() - 4 * 60_000).toISOString(),
    time_zone: 'Europe/Moscow',
    computer_zone_differs: 'Asia/Yekaterinburg',
    has_avatar: true,
  };
}

/**
 * @param {Lang} lang
 * @param {import('./bindings/TokenState').TokenState} state
 * @param {string[]} [scopes]
 * @returns {import('./bindings/TokenView').TokenView}
 */
export function sampleToken(lang, state, scopes = [...ALL_SCOPES]) {
  return {
    masked: 'kR7vZ2qA…9fQx',
    name: lang === 'ru' ? 'Статус на ноутбуке' : 'Status on my laptop',
    account: { origin: 'https://api.pachca.com', user_id: 12 },
    scopes,
    created_at: '2026-09-02T10:00:00.000Z',
    last_used_at: new Date(Date.now() - 25 * 60_000).toISOString(),
    expires_in: null,
    unneeded_scopes: scopes.filter(
      (scope) => !ALL_SCOPES.includes(/** @type {import('./bindings/Scope').Scope} */ (scope)),
    ),
    state,
    store: 'Secret Service',
  };
}

/** @returns {import('./bindings/Diagnostics').Diagnostics} */
export function sampleDiagnostics() {
  const at = (/** @type {number} */ minutes) => whenOf(new Date(Date.now() - minutes * 60_000));
  return {
    lines: [
      { id: 'network', verdict: 'good', outcome: 'reached', detail: null },
      { id: 'server', verdict: 'good', outcome: 'answers', detail: 'https://api.pachca.com/api/shared/v1' },
      { id: 'token', verdict: 'good', outcome: 'kept', detail: null },
      { id: 'scopes', verdict: 'limited', outcome: 'missing', detail: 'custom_properties:read' },
      { id: 'keyring', verdict: 'good', outcome: 'open', detail: 'Secret Service' },
      { id: 'tray', verdict: 'good', outcome: 'present', detail: null },
      { id: 'files', verdict: 'good', outcome: 'writable', detail: null },
      { id: 'clock', verdict: 'limited', outcome: 'off', detail: '-340' },
    ],
    requests: [
      {
        method: 'PUT',
        path: '/profile/status',
        status: 200,
        failure: null,
        milliseconds: 84,
        request_id: '7f0c9a1e-55d2-4b83',
        at: at(1),
      },
      {
        method: 'GET',
        path: '/profile/status',
        status: 200,
        failure: null,
        milliseconds: 61,
        request_id: '0b7d22c4-91aa-4f0e',
        at: at(6),
      },
      {
        method: 'GET',
        path: '/custom_properties',
        status: 403,
        failure: null,
        milliseconds: 58,
        request_id: 'c4e19b70-2f6d-41d5',
        at: at(6),
      },
      {
        method: 'GET',
        path: '/profile',
        status: null,
        failure: 'timeout',
        milliseconds: 15_002,
        request_id: null,
        at: at(31),
      },
    ],
    versions: [
      ['Pachca Status', '0.1.0'],
      ['Linux', 'Debian 12'],
      ['WebKitGTK', '2.48.5'],
    ],
  };
}

/**
 * @param {number} side
 * @returns {string} A picture as a `data:` address, drawn here so that nothing is fetched.
 */
export function samplePicture(side) {
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${Math.round(side * 0.7)}"`,
    ' viewBox="0 0 100 70"><rect width="100" height="70" fill="#c9d8e8"/>',
    '<circle cx="78" cy="14" r="7" fill="#f4c95d"/>',
    '<path d="M0 70 30 34l18 20 14-14 38 30Z" fill="#5d7f73"/>',
    '<circle cx="46" cy="30" r="11" fill="#e9b08a"/>',
    '<path d="M28 70c0-16 8-26 18-26s18 10 18 26Z" fill="#4257a8"/></svg>',
  ].join('');
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}
