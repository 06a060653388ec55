/**
 * The Preferences page. Each change is kept at once; one that the system refuses goes back and says why.
 */
import { h, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { LANGUAGES } from '../languages.js';
import { card, row } from '../parts/card.js';
import { choice } from '../parts/choice.js';
import { pageFrame } from '../parts/page.js';
import { quitButton } from '../parts/quit-button.js';
import { shortcutField } from '../parts/shortcut-field.js';
import { toggle } from '../parts/toggle.js';
import { trayLimit } from '../parts/tray-limit.js';
import { t } from '../words.js';
import { serverCard } from './preferences-server.js';
import { workingHoursCard } from './preferences-hours.js';
import { updatesCard } from './preferences-updates.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('../bindings/SettingsPatch').SettingsPatch} SettingsPatch
 * @typedef {import('../bindings/Notifications').Notifications} Notifications
 */

const INTERVALS = /** @type {const} */ ([1, 2, 5, 10, 15, 30, 60]);

/** @param {Ctx} ctx @returns {import('../session.js').PageView} */
export function preferencesPage(ctx) {
  /** @param {SettingsPatch} patch */
  const change = async (patch) => {
    try {
      await ctx.ipc.changeSettings(patch);
    } catch (error) {
      ctx.fail(error);
      throw error;
    }
  };
  const quietly = (/** @type {SettingsPatch} */ patch) =>
    void change(patch).catch(() => draw(ctx.store.snapshot));

  // Look and language
  const language = h(
    'select',
    {
      class: 'field',
      testid: 'language',
      onchange: () =>
        quietly({ language: /** @type {import('../bindings/Language').Language} */ (language.value) }),
    },
    h('option', { value: 'system', text: t('preferences-as-system') }),
    ...Object.entries(LANGUAGES).map(([lang, { name }]) => h('option', { value: lang, text: name, lang })),
  );
  /** @type {ReturnType<typeof choice<import('../bindings/Theme').Theme>>} */
  let theme;
  const look = card(
    { title: t('preferences-look') },
    row({
      label: t('preferences-language'),
      control: (ids) => {
        language.setAttribute('aria-labelledby', ids.label);
        return language;
      },
    }),
    row({
      label: t('preferences-theme'),
      control: (ids) => {
        theme = choice({
          look: 'segments',
          labelledby: ids.label,
          value: ctx.store.snapshot.settings.theme,
          options: [
            { value: 'system', label: t('preferences-as-system'), testid: 'theme-system', icon: 'system' },
            { value: 'light', label: t('preferences-light'), testid: 'theme-light', icon: 'sun' },
            { value: 'dark', label: t('preferences-dark'), testid: 'theme-dark', icon: 'moon' },
          ],
          onchange: (value) => quietly({ theme: value }),
        });
        return theme.element;
      },
    }),
  );

  // Start and window
  /**
   * @param {string} label
   * @param {string} description
   * @param {string} testid
   * @param {(on: boolean) => Promise<unknown>} onchange
   */
  const switchRow = (label, description, testid, onchange) => {
    /** @type {ReturnType<typeof toggle> | undefined} */
    let control;
    const element = row({
      label,
      description,
      control: (ids) => {
        control = toggle({ labelledby: ids.label, describedby: ids.description, testid, onchange });
        return control.element;
      },
    });
    return { element, set: (/** @type {boolean} */ on) => control?.set(on) };
  };
  const login = switchRow(t('preferences-login'), t('preferences-login-about'), 'start-at-login', (on) =>
    change({ start_at_login: on }),
  );
  /** @type {ReturnType<typeof choice<import('../bindings/CloseWindow').CloseWindow>>} */
  let closing;
  const closeNotice = h('p', {
    class: 'card-note hint',
    testid: 'close-notice',
    text: t('preferences-close-no-tray'),
    hidden: true,
  });
  const start = card(
    { title: t('preferences-start') },
    login.element,
    row({
      label: t('preferences-close'),
      description: t('preferences-close-about'),
      control: (ids) => {
        closing = choice({
          look: 'segments',
          labelledby: ids.label,
          describedby: ids.description,
          value: ctx.store.snapshot.settings.close_window,
          options: [
            { value: 'keep_in_tray', label: t('preferences-close-tray'), testid: 'close-keep_in_tray' },
            { value: 'quit', label: t('preferences-close-quit'), testid: 'close-quit' },
          ],
          onchange: (value) => quietly({ close_window: value }),
        });
        return closing.element;
      },
    }),
    closeNotice,
  );

  // Notifications
  const notify = (/** @type {keyof Notifications} */ kind) =>
    switchRow(
      t(`preferences-notify-${kind}`),
      t(`preferences-notify-${kind}-about`),
      `notify-${kind}`,
      (on) => change({ notifications: { ...ctx.store.snapshot.settings.notifications, [kind]: on } }),
    );
  const notices = {
    failures: notify('failures'),
    delivered: notify('delivered'),
    expired: notify('expired'),
  };

  // Shortcuts
  const shortcutError = h('p', {
    class: 'card-note field-error',
    role: 'alert',
    testid: 'shortcut-error',
    hidden: true,
  });
  /**
   * @param {string} label
   * @param {string} about
   * @param {'shortcut_open' | 'shortcut_clear'} field
   * @param {string} testid
   */
  const shortcut = (label, about, field, testid) => {
    /** @type {ReturnType<typeof shortcutField> | undefined} */
    let control;
    const element = row({
      label,
      description: about,
      control: (ids) => {
        control = shortcutField({
          testid,
          labelledby: ids.label,
          onchange: async (accelerator) => {
            show(shortcutError, false);
            const other =
              ctx.store.snapshot.settings[field === 'shortcut_open' ? 'shortcut_clear' : 'shortcut_open'];
            if (accelerator !== '' && accelerator === other) {
              setText(shortcutError, t('shortcut-same'));
              show(shortcutError, true);
              throw new Error('taken by the other one');
            }
            try {
              await ctx.ipc.changeSettings({ [field]: accelerator });
            } catch (error) {
              setText(shortcutError, explain(error).text);
              show(shortcutError, true);
              throw error;
            }
          },
        });
        return control.element;
      },
    });
    return { element, set: (/** @type {string | null} */ value) => control?.set(value) };
  };
  const openKey = shortcut(t('shortcut-open'), t('shortcut-open-about'), 'shortcut_open', 'shortcut-open');
  const clearKey = shortcut(
    t('shortcut-clear'),
    t('shortcut-clear-about'),
    'shortcut_clear',
    'shortcut-clear',
  );
  const noShortcuts = h('p', {
    class: 'card-note hint',
    testid: 'shortcuts-unavailable',
    text: t('shortcuts-unavailable'),
    hidden: true,
  });
  const shortcutRows = h('div', {}, openKey.element, clearKey.element);

  // Requests
  const interval = h(
    'select',
    {
      class: 'field',
      testid: 'check-interval',
      onchange: () => quietly({ check_interval_minutes: Number(interval.value) }),
    },
    ...INTERVALS.map((minutes) =>
      h('option', { value: String(minutes), text: t('preferences-interval-minutes', { minutes }) }),
    ),
  );
  const limit = trayLimit({
    testid: 'tray-limit-preference',
    onchange: (value) => quietly({ tray_limit: value }),
  });
  const server = serverCard(ctx);
  const hours = workingHoursCard(ctx, quietly);
  const updates = updatesCard(ctx, change);

  const element = pageFrame(
    { title: t('page-preferences') },
    look,
    start,
    hours.element,
    card(
      { title: t('preferences-notifications') },
      notices.failures.element,
      notices.delivered.element,
      notices.expired.element,
    ),
    card({ title: t('preferences-shortcuts') }, shortcutRows, noShortcuts, shortcutError),
    card(
      { title: t('preferences-tray') },
      row({
        label: t('presets-tray-limit'),
        description: t('preferences-tray-limit-about'),
        control: (ids) => {
          limit.setAttribute('aria-labelledby', ids.label);
          return limit;
        },
      }),
      row({
        label: t('preferences-interval'),
        description: t('preferences-interval-about'),
        control: (ids) => {
          interval.setAttribute('aria-labelledby', ids.label);
          return interval;
        },
      }),
    ),
    server.element,
    updates.element,
    h('div', { class: 'button-row' }, quitButton(ctx, { kind: 'quiet' })),
  );

  /** @param {Snapshot} snapshot */
  function draw(snapshot) {
    const { settings } = snapshot;
    language.value = settings.language;
    theme.set(settings.theme);
    closing.set(settings.close_window);
    login.set(settings.start_at_login);
    notices.failures.set(settings.notifications.failures);
    notices.delivered.set(settings.notifications.delivered);
    notices.expired.set(settings.notifications.expired);
    openKey.set(settings.shortcut_open);
    clearKey.set(settings.shortcut_clear);
    const minutes = String(settings.check_interval_minutes);
    if (![...interval.options].some((option) => option.value === minutes)) {
      interval.append(
        h('option', {
          value: minutes,
          text: t('preferences-interval-minutes', { minutes: settings.check_interval_minutes }),
        }),
      );
    }
    interval.value = minutes;
    limit.value = String(settings.tray_limit);
    show(
      closeNotice,
      snapshot.notices.some((notice) => notice.kind === 'no_tray_host'),
    );
    hours.update(settings.working_hours);
    updates.set(settings.look_for_updates);
    server.update();
  }

  ctx.ipc.shortcutsAvailable().then(
    (available) => {
      show(noShortcuts, !available);
      show(shortcutRows, available);
    },
    // Not known: the fields stay, and say what is wrong when they are used.
    () => undefined,
  );
  return { element, update: draw };
}
