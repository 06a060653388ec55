import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { App, PAGES } from './app.js';
import { Mock, mockError, mockFailure } from './ipc.mock.js';
import { presetView, sampleProfile, sampleSnapshot, whenOf } from './ipc.mock.data.js';

/** @typedef {import('./bindings/Snapshot').Snapshot} Snapshot */

/** @type {App | null} */
let app = null;

/**
 * @param {Partial<Snapshot>} [changes]
 * @param {import('./bindings/Page').Page} [page]
 * @param {'ru' | 'en'} [lang]
 */
async function open(changes = {}, page = 'status', lang = 'en') {
  const mock = new Mock(sampleSnapshot(lang, changes), { page });
  const ipc = mock.ipc();
  const opened = new App(ipc, mock.snapshot, page);
  app = opened;
  document.body.replaceChildren(opened.element);
  await ipc.onSnapshot((next) => opened.store.replace(next));
  await settled();
  return { mock, app: opened };
}

/** Lets everything that waits only for the mock come to its end. */
async function settled() {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {string} testid */
function get(testid) {
  const element = document.querySelector(`[data-testid="${testid}"]`);
  assert.ok(element, `${testid} is there`);
  return /** @type {HTMLElement} */ (element);
}

/** @param {string} testid */
const visible = (testid) => {
  let element = /** @type {HTMLElement | null} */ (document.querySelector(`[data-testid="${testid}"]`));
  if (!element) return false;
  for (; element; element = element.parentElement) if (element.hidden) return false;
  return true;
};

/** @param {string} testid */
const textOf = (testid) => (get(testid).textContent ?? '').trim();

/** @param {string} testid */
async function click(testid) {
  get(testid).click();
  await settled();
}

/**
 * @param {string} testid
 * @param {string} text
 */
async function type(testid, text) {
  const field = /** @type {HTMLInputElement} */ (get(testid));
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

/**
 * @param {string} key
 * @param {KeyboardEventInit} [more]
 * @param {Element} [target]
 */
async function press(key, more = {}, target = document.body) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  await settled();
}

/** @param {Mock} mock @param {string} name */
const calls = (mock, name) => mock.calls.filter(([called]) => called === name).map(([, ...args]) => args);

const status = (/** @type {string} */ title) => ({
  emoji: '🍔',
  title,
  ends: whenOf(new Date(Date.now() + 37 * 60_000 - 5_000)),
  is_away: true,
  away_message: 'Back soon',
});

afterEach(() => {
  app?.destroy();
  app = null;
  document.body.replaceChildren();
});

test('the present status is on top with the time that is left', async () => {
  await open({ status: { status: status('Lunch'), known: true, seen: whenOf(new Date()), stale: false } });
  assert.equal(textOf('current-title'), 'Lunch');
  assert.equal(textOf('current-left'), '37 min left');
  assert.ok(visible('current-away'));
});

test('a composed status is sent as it was meant', async () => {
  const { mock } = await open();
  await type('title-input', 'At the dentist');
  await click('expiry-45');
  await click('away-switch');
  await type('message-input', 'Back at {time}');
  assert.match(textOf('preview-message'), /^Back at \d\d:\d\d$/);
  await click('set-button');
  assert.deepEqual(calls(mock, 'setStatus'), [
    [
      {
        emoji: '💬',
        title: 'At the dentist',
        expiry: { kind: 'minutes', minutes: 45 },
        is_away: true,
        away_message: 'Back at {time}',
      },
    ],
  ]);
  assert.equal(/** @type {HTMLInputElement} */ (get('title-input')).value, '', 'the composer is empty again');
});

test('a message that is not shown is not sent', async () => {
  const { mock } = await open();
  await type('title-input', 'Busy');
  await click('away-switch');
  await type('message-input', 'secret');
  await click('away-switch');
  await click('set-button');
  assert.equal(/** @type {any} */ (calls(mock, 'setStatus')[0]?.[0]).away_message, '');
});

test('an empty title is said to be missing and nothing is sent', async () => {
  const { mock } = await open();
  assert.equal(visible('title-error'), false, 'not before the person tried');
  await click('set-button');
  assert.ok(visible('title-error'));
  assert.equal(document.activeElement, get('title-input'));
  assert.deepEqual(calls(mock, 'setStatus'), []);
});

test('fifty emoji are a title, fifty-one characters are not', async () => {
  await open();
  await type('title-input', '🎉'.repeat(50));
  assert.equal(textOf('title-counter'), '50 / 50');
  assert.equal(visible('title-error'), false);
  await type('title-input', 'a'.repeat(51));
  assert.ok(visible('title-error'));
  assert.equal(get('title-input').getAttribute('aria-invalid'), 'true');
});

test('what is being typed survives new snapshots and a change of page', async () => {
  const { mock, app: window } = await open();
  const field = get('title-input');
  field.focus();
  await type('title-input', 'half a thou');
  mock.change({ status: { status: status('From the phone'), known: true, seen: null, stale: false } });
  assert.equal(document.activeElement, field);
  assert.equal(/** @type {HTMLInputElement} */ (field).value, 'half a thou');
  window.go('presets');
  window.go('status');
  assert.equal(get('title-input'), field, 'the very same field');
});

test('what is being typed survives a change of language', async () => {
  const { mock } = await open();
  await type('title-input', 'half a thou');
  mock.change({ lang: 'ru' });
  await settled();
  assert.equal(/** @type {HTMLInputElement} */ (get('title-input')).value, 'half a thou');
  assert.equal(textOf('set-button'), 'Поставить статус');
});

test('what waits says so, and can be dropped', async () => {
  const { mock } = await open({
    pending: { wanted: status('Lunch'), phase: 'waiting', saved: true },
    link: { kind: 'trouble', failure: 'offline', retry: null },
  });
  assert.match(textOf('banner-pending'), /Waiting to be sent: 🍔 Lunch/);
  await click('cancel-pending');
  assert.equal(visible('banner-pending'), false);
  assert.equal(calls(mock, 'cancelPending').length, 1);
});

test('a conflict shows both sides and lets the person decide', async () => {
  const { mock } = await open({
    conflict: { theirs: status('Theirs'), ours: status('Ours'), reason: 'changed' },
    pending: { wanted: status('Ours'), phase: 'waiting', saved: true },
  });
  assert.match(textOf('banner-conflict'), /Theirs.*Ours/);
  assert.equal(visible('banner-pending'), false, 'one question at a time');
  await click('conflict-ours');
  assert.deepEqual(calls(mock, 'resolveConflict'), [[true]]);
});

test('a refused status can be mended in the composer', async () => {
  await open({ pending: { wanted: status('Lunch'), phase: 'refused', saved: true } });
  await click('edit-pending');
  assert.equal(/** @type {HTMLInputElement} */ (get('title-input')).value, 'Lunch');
  assert.equal(get('expiry-at').getAttribute('aria-checked'), 'true');
});

test('a problem names the request for support and leads to where it is mended', async () => {
  const { mock } = await open({
    problem: {
      failure: mockFailure('scope_missing', {
        http_status: 403,
        scope: 'profile_status:write',
        request_id: 'req-1',
      }),
      at: '2026-11-23T10:00:00Z',
    },
  });
  assert.match(textOf('banner-problem'), /profile_status:write/);
  assert.match(textOf('problem-details'), /req-1/);
  await click('dismiss-problem');
  assert.equal(calls(mock, 'dismissProblem').length, 1);
  assert.equal(visible('banner-problem'), false);
});

test('a preset that asks for a date opens the composer on its date', async () => {
  const { mock, app: window } = await open({}, 'presets');
  await click('preset-apply-vacation');
  assert.equal(window.page, 'status');
  assert.equal(/** @type {HTMLInputElement} */ (get('title-input')).value, 'On vacation');
  assert.equal(calls(mock, 'composeTaken').length, 1);
  await click('set-button');
  assert.deepEqual(calls(mock, 'setStatus'), [], 'not without its date');
  assert.ok(visible('expiry-error'));
});

test('Alt and an arrow move a preset, and it is said', async () => {
  const { mock } = await open({}, 'presets');
  const row = get('preset-row-away');
  await press('ArrowDown', { altKey: true }, get('preset-handle-away'));
  assert.deepEqual(calls(mock, 'movePreset'), [['away', 1]]);
  assert.equal(get('presets-list').children[1], row, 'the very same row');
  assert.match(textOf('announcer'), /Away: place 2 of 11/);
});

test('a deleted preset can be brought back', async () => {
  const { mock } = await open({}, 'presets');
  await click('preset-menu-lunch');
  await click('preset-menu-delete');
  assert.equal(document.querySelector('[data-testid="preset-row-lunch"]'), null);
  await click('toast-action');
  assert.equal(calls(mock, 'undoPresets').length, 1);
  assert.ok(visible('preset-row-lunch'));
});

test('a switch that the app refuses goes back', async () => {
  const { mock } = await open({}, 'preferences');
  mock.fail('changeSettings', mockError('autostart_failed'));
  await click('start-at-login');
  assert.equal(get('start-at-login').getAttribute('aria-checked'), 'false');
  assert.ok(visible('toast'));
});

test('a bad import names the entry and where it is', async () => {
  const { mock } = await open({}, 'presets');
  mock.fail('importPresets', mockError('import_entry_invalid', { detail: 'entry 3 «Lunch», line 14' }));
  await click('import-presets');
  assert.match(textOf('import-error'), /entry 3 «Lunch», line 14/);
});

test('a wrong token is explained, and the pasted text stays to be mended', async () => {
  const { mock } = await open({ account: null, token: 'missing' }, 'account');
  mock.fail(
    'connect',
    mockError('failure', { failure: mockFailure('token_rejected', { http_status: 401 }) }),
  );
  await type('token-input', 'not-the-right-token');
  await click('connect-button');
  assert.ok(visible('connect-error'));
  assert.equal(/** @type {HTMLInputElement} */ (get('token-input')).value, 'not-the-right-token');
});

test('a connected token leaves the page', async () => {
  const { mock } = await open({ account: null, token: 'missing' }, 'account');
  await type('token-input', '  good-token-0123456789  ');
  await click('connect-button');
  assert.deepEqual(calls(mock, 'connect'), [['good-token-0123456789', false]]);
  assert.equal(/** @type {HTMLInputElement} */ (get('token-input')).value, '');
  assert.equal(textOf('account-name'), 'Marina Sokolova');
  assert.equal(textOf('account-role'), 'administrator · api.pachca.com');
  assert.equal(visible('connect-form'), false);
});

test('missing scopes are named with what they unlock', async () => {
  await open(
    {
      missing_scopes: ['profile_avatar:write'],
      account: {
        id: { origin: 'https://x', user_id: 1 },
        name: 'A',
        role: 'user',
        scopes: ['profile:read', 'profile_status:read', 'profile_status:write', 'custom_properties:read'],
      },
    },
    'account',
  );
  assert.equal(get('scope-profile-avatar-write').dataset['have'], 'false');
  assert.equal(get('scope-profile-status-write').dataset['have'], 'true');
});

const NEEDED = [
  'profile:read',
  'profile_status:read',
  'profile_status:write',
  'profile_avatar:write',
  'custom_properties:read',
];
const who = (/** @type {string[]} */ scopes) => ({
  account: { id: { origin: 'https://x', user_id: 1 }, name: 'A', role: 'user', scopes },
});

test('a token that may do more than is needed is warned about by the names of its scopes', async () => {
  await open(who([...NEEDED, 'messages:*', 'chats:delete']), 'account');
  assert.ok(visible('scopes-more'));
  assert.match(textOf('scopes-more'), /messages:\*, chats:delete/);
});

test('of many scopes beyond need the first five are named', async () => {
  await open(who([...NEEDED, ...'abcdefg']), 'account');
  assert.match(textOf('scopes-more'), /a, b, c, d, e, …/);
});

test('a token that may do just what is needed is not warned about', async () => {
  await open(who(NEEDED), 'account');
  assert.equal(visible('scopes-more'), false);
});

test('several tokens in the keyring are said, and the right one can be pasted', async () => {
  await open({ token: 'several' }, 'presets');
  assert.ok(visible('banner-token'));
  await click('banner-token-action');
  assert.ok(visible('keyring-state'));
  assert.ok(visible('connect-form'));
});

test('a closed keyring offers to try again on every page', async () => {
  const { mock } = await open({ token: 'locked' }, 'presets');
  assert.ok(visible('banner-token'));
  await click('banner-token-action');
  assert.equal(calls(mock, 'retryKeyring').length, 1);
});

test('the keyboard reaches every page and closes the window', async () => {
  const { mock, app: window } = await open();
  for (const [index, page] of PAGES.entries()) {
    await press(String(index + 1), { ctrlKey: true });
    assert.equal(window.page, page);
    assert.equal(get(`nav-${page}`).getAttribute('aria-current'), 'page');
  }
  await press('Escape');
  assert.equal(calls(mock, 'closeWindow').length, 1);
  await press('q', { ctrlKey: true, code: 'KeyQ' });
  assert.equal(calls(mock, 'quit').length, 1);
});

test('Esc closes an open menu first', async () => {
  const { mock } = await open({}, 'presets');
  await click('preset-menu-away');
  await press('Escape');
  assert.equal(document.querySelector('[role="menu"]'), null);
  assert.equal(calls(mock, 'closeWindow').length, 0);
});

test('arrows choose among the ends of a status', async () => {
  await open();
  get('expiry-60').focus();
  await press('ArrowRight', {}, get('expiry-60'));
  assert.equal(get('expiry-90').getAttribute('aria-checked'), 'true');
  assert.equal(document.activeElement, get('expiry-90'));
  assert.equal(get('expiry-60').tabIndex, -1);
});

test('a field without a value is shown as empty, not left out', async () => {
  await open({}, 'profile');
  assert.equal(textOf('custom-field-5'), 'not filled in');
  assert.match(textOf('zone-hint'), /Asia\/Yekaterinburg/);
});

test('a link opens only after showing where it leads', async () => {
  const { mock } = await open({}, 'profile');
  await click('open-link-4');
  assert.equal(textOf('link-host'), 'example.com');
  assert.deepEqual(calls(mock, 'openLink'), []);
  await click('dialog-confirm');
  assert.equal(calls(mock, 'openLink').length, 1);
});

test('a failed profile can be asked for again', async () => {
  const { mock } = await open({}, 'presets');
  mock.fail('profile', mockError('failure', { failure: mockFailure('timeout') }));
  await click('nav-profile');
  assert.ok(visible('profile-error'));
  mock.fail('profile', null);
  await click('refresh-profile');
  assert.equal(visible('profile-error'), false);
  assert.equal(textOf('profile-email'), 'marina@severny-veter.example');
});

test('nothing a stranger wrote becomes an element', async () => {
  const payload = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>';
  const evil = { ...status(payload), emoji: payload, away_message: payload };
  const { mock, app: window } = await open({
    account: { id: { origin: payload, user_id: 1 }, name: payload, role: payload, scopes: [payload] },
    status: { status: evil, known: true, seen: null, stale: false },
    pending: { wanted: evil, phase: 'waiting', saved: true },
    undo: { previous: evil, until: whenOf(new Date()) },
    presets: [
      presetView({
        id: 'x',
        emoji: payload,
        title: payload,
        expiry: { kind: 'never' },
        is_away: true,
        away_message: payload,
        in_tray: true,
      }),
    ],
    recents: [
      { emoji: payload, title: payload, expiry: { kind: 'never' }, is_away: false, away_message: '' },
    ],
    problem: { failure: mockFailure('refused', { server_message: payload, request_id: payload }), at: '' },
    notices: [{ kind: 'cannot_save', path: payload, reason: payload }],
  });
  const profile = sampleProfile('en');
  mock.answers.set('profile', {
    ...profile,
    nickname: payload,
    first_name: payload,
    title: payload,
    role: payload,
    tags: [payload],
    custom_fields: Array.from({ length: 40 }, (_, id) => ({
      id,
      name: `${payload}${id}`,
      kind: /** @type {const} */ (['text', 'number', 'date', 'link'])[id % 4] ?? 'text',
      value: payload,
    })),
  });
  for (const page of PAGES) {
    window.go(page);
    await settled();
  }
  assert.equal(document.querySelectorAll('script, img:not([data-testid="avatar-image"])').length, 0);
  assert.equal(/** @type {any} */ (globalThis).pwned, undefined);
  assert.equal(textOf('current-title'), payload);
  assert.equal(document.querySelectorAll('[data-testid^="custom-field-"]').length, 40);
});

test('a hundred presets are a hundred rows, and one change touches one of them', async () => {
  const presets = Array.from({ length: 100 }, (_, index) =>
    presetView({
      id: `p-${index}`,
      emoji: '🧪',
      title: `مرحبا ${index}`,
      expiry: { kind: 'minutes', minutes: 15 },
      is_away: false,
      away_message: '',
      in_tray: false,
    }),
  );
  const { mock } = await open({ presets }, 'presets');
  const rows = [...get('presets-list').children];
  assert.equal(rows.length, 100);
  mock.change({
    presets: presets.map((view, index) =>
      index === 7 ? presetView({ ...view.preset, title: 'other' }) : view,
    ),
  });
  assert.deepEqual([...get('presets-list').children], rows);
  assert.match(rows[7]?.textContent ?? '', /other/);
});

test('a picture is removed only when the person is sure, and comes back', async () => {
  const { mock } = await open({}, 'profile');
  await click('remove-avatar');
  await click('dialog-cancel');
  assert.equal(calls(mock, 'removeAvatar').length, 0);
  await click('remove-avatar');
  await click('dialog-confirm');
  assert.equal(visible('avatar-image'), false);
  await click('undo-avatar');
  assert.ok(visible('avatar-image'));
});

test('the report is copied and every verdict has its words', async () => {
  await open({}, 'diagnostics');
  assert.equal(get('diagnostic-scopes').dataset['verdict'], 'limited');
  assert.match(textOf('diagnostic-network'), /Pachca is reachable/);
  assert.match(textOf('request-3'), /timed out/);
});

test('a newer version is shown with its notes, and installed only by a click', async () => {
  const { mock, app: window } = await open();
  mock.answers.set('updates', { offered: true, found: null });
  mock.answers.set('lookForUpdate', {
    offered: true,
    found: { version: '9.1.0', notes: '- <b>Quieter</b>' },
  });
  window.go('preferences');
  await settled();
  assert.equal(visible('update-found'), false);
  await click('updates-look');
  assert.match(textOf('update-version'), /9\.1\.0/);
  assert.equal(textOf('update-notes'), '- <b>Quieter</b>');
  assert.equal(calls(mock, 'installUpdate').length, 0);
  mock.fail('installUpdate', mockError('update_untrusted'));
  await click('update-install');
  assert.equal(calls(mock, 'installUpdate').length, 1);
  assert.match(textOf('updates-result'), /not signed/);
});

test('the daily look is off, looks at once when turned on, and says when nothing is newer', async () => {
  const { mock, app: window } = await open();
  mock.answers.set('updates', { offered: true, found: null });
  window.go('preferences');
  await settled();
  assert.equal(get('updates-daily').getAttribute('aria-checked'), 'false');
  assert.equal(calls(mock, 'lookForUpdate').length, 0);
  await click('updates-daily');
  assert.deepEqual(calls(mock, 'changeSettings').at(-1), [{ look_for_updates: true }]);
  assert.equal(calls(mock, 'lookForUpdate').length, 1);
  assert.match(textOf('updates-result'), /newest/);
});

test('where a package manager looks after the app nothing is said about updates', async () => {
  await open({}, 'preferences');
  assert.equal(visible('updates'), false);
});

test('a desktop without global shortcuts is explained instead of offering dead fields', async () => {
  const { mock, app: window } = await open();
  mock.answers.set('shortcutsAvailable', false);
  window.go('preferences');
  await settled();
  assert.ok(visible('shortcuts-unavailable'));
  assert.equal(visible('shortcut-open'), false);
});
