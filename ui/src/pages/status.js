/**
 * The Status page: what colleagues see, what can be changed about it, and the composer.
 */
import { h, keyed, setAttr, setText, show } from '../dom.js';
import { EMPTY_DRAFT, expiryWords } from '../formats.js';
import { button, during } from '../parts/button.js';
import { card } from '../parts/card.js';
import { draftForm } from '../parts/draft-form.js';
import { clockwork } from '../parts/clockwork.js';
import { pageFrame } from '../parts/page.js';
import { keyOf, same } from '../values.js';
import { t, untilWords } from '../words.js';
import { currentStatus } from './status-current.js';
import { statusBanners } from './status-banners.js';
import { openPresetDialog } from './preset-dialog.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('../bindings/PresetView').PresetView} PresetView
 * @typedef {import('../bindings/Recent').Recent} Recent
 */

/** Presets offered here as one click; the rest are on their own page. */
const QUICK_MAX = 8;

/** @param {Ctx} ctx @returns {import('../session.js').PageView} */
export function statusPage(ctx) {
  const banners = statusBanners(ctx, (draft) => edit(draft));
  const current = currentStatus(ctx);
  const quick = quickPresets(ctx);
  const recents = recentStatuses(ctx, (draft) => edit(draft));

  const form = draftForm(ctx, {
    draft: ctx.session.draft ?? EMPTY_DRAFT,
    onchange: (draft) => (ctx.session.draft = draft),
  });
  const set = button({ label: t('composer-set'), kind: 'primary', type: 'submit', testid: 'set-button' });
  const save = button({
    label: t('composer-save-preset'),
    icon: 'bookmark',
    kind: 'quiet',
    testid: 'save-preset-button',
    onclick: async () => {
      if (form.draft.title.trim() === '') await form.validate();
      else openPresetDialog(ctx, { draft: form.draft });
    },
  });
  const reset = button({
    label: t('composer-reset'),
    kind: 'quiet',
    testid: 'reset-button',
    onclick: () => clear(),
  });
  const composer = h(
    'form',
    {
      class: 'composer card-pad',
      testid: 'composer',
      novalidate: true,
      'aria-label': t('composer-heading'),
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        during(
          set,
          async () => {
            if (!(await form.validate())) return;
            await ctx.ipc.setStatus(form.draft);
            clear();
            current.element.scrollIntoView({ block: 'nearest' });
          },
          { failed: ctx.fail },
        );
      },
    },
    form.element,
    h('div', { class: 'composer-actions' }, set, save, reset),
  );

  function clear() {
    form.set(EMPTY_DRAFT);
    ctx.session.draft = null;
  }

  /** @param {import('../bindings/Draft').Draft} draft */
  function edit(draft) {
    form.set(draft);
    composer.scrollIntoView({ block: 'start' });
    if (draft.expiry.kind === 'ask_date') form.focusExpiry();
    else form.focusTitle();
  }

  const connected = h(
    'div',
    { class: 'stack' },
    banners.element,
    current.element,
    quick.element,
    card({ title: t('composer-heading') }, composer),
    recents.element,
  );
  const hero = connectHero(ctx);
  const element = pageFrame({ title: t('page-status') }, hero.element, connected);

  // «Ends today at 18:00» of a draft moves with the clock, though nothing was typed.
  const clock = clockwork(() => {
    if (!element.hidden) form.refresh();
    return 60_000 - (Date.now() % 60_000) + 50;
  });

  /** @type {Snapshot | null} */
  let before = null;
  return {
    element,
    update(snapshot) {
      const nobody = snapshot.account === null && snapshot.token !== 'loading' && snapshot.token !== 'slow';
      hero.update(snapshot, nobody);
      show(connected, !nobody);
      banners.update(snapshot);
      current.update(snapshot);
      quick.update(snapshot.presets);
      recents.update(snapshot.recents);
      if (before) {
        const words = news(before, snapshot);
        if (words) ctx.toasts.announce(words);
        if (
          !same(before.settings.working_hours, snapshot.settings.working_hours) ||
          before.account?.name !== snapshot.account?.name
        )
          form.refresh();
      }
      before = snapshot;
      if (snapshot.compose) {
        const draft = snapshot.compose;
        // By then the page is in the window and in front: what is hidden takes no focus.
        requestAnimationFrame(() => edit(draft));
        ctx.ipc.composeTaken().catch(ctx.fail);
      }
    },
    shown() {
      current.tick();
      clock.now();
    },
    destroy() {
      clock.stop();
      current.destroy();
      form.destroy();
    },
  };
}

/**
 * @param {Snapshot} before
 * @param {Snapshot} now
 * @returns {string | null} What a screen reader is told.
 */
function news(before, now) {
  if (now.problem && now.problem.at !== before.problem?.at) return null; // The banner is an alert of its own.
  const { status } = now.status;
  if (before.pending && !now.pending && now.status.known) {
    return status ? t('status-now-set', { emoji: status.emoji, title: status.title }) : t('status-now-clear');
  }
  if (now.pending?.phase === 'waiting' && before.pending?.phase !== 'waiting') return t('pending-waiting');
  return null;
}

/**
 * @param {Ctx} ctx
 */
function connectHero(ctx) {
  const title = h('p', { class: 'hero-title' });
  const about = h('p', { class: 'hero-about' });
  const element = h(
    'div',
    { class: 'hero', hidden: true },
    h('span', { class: 'emoji hero-emoji', 'aria-hidden': 'true', text: '👋' }),
    title,
    about,
    button({
      label: t('status-connect'),
      kind: 'primary',
      testid: 'connect-hint',
      onclick: () => ctx.go('account'),
    }),
  );
  return {
    element,
    /**
     * @param {Snapshot} snapshot
     * @param {boolean} visible
     */
    update(snapshot, visible) {
      show(element, visible);
      setText(title, t('status-nobody'));
      setText(about, snapshot.token === 'missing' ? t('status-nobody-about') : t(`token-${snapshot.token}`));
    },
  };
}

/**
 * @param {Ctx} ctx
 */
function quickPresets(ctx) {
  /** @type {Map<string, { element: HTMLElement, update: (view: PresetView) => void }>} */
  const views = new Map();
  const list = h('ul', { class: 'quick' });
  const element = h(
    'section',
    { class: 'group', 'aria-label': t('quick-heading') },
    h(
      'div',
      { class: 'group-head' },
      h('h2', { text: t('quick-heading') }),
      h(
        'div',
        { class: 'group-actions' },
        button({
          label: t('quick-all'),
          kind: 'quiet',
          small: true,
          testid: 'all-presets',
          onclick: () => ctx.go('presets'),
        }),
      ),
    ),
    list,
  );
  return {
    element,
    /** @param {PresetView[]} presets */
    update(presets) {
      const shown = presets.filter((view) => view.preset.in_tray).slice(0, QUICK_MAX);
      show(element, shown.length > 0);
      keyed(
        list,
        views,
        shown,
        (view) => view.preset.id,
        ({ preset: { id } }) => {
          const emoji = h('span', { class: 'emoji', 'aria-hidden': 'true' });
          const title = h('span', { class: 'quick-title', dir: 'auto' });
          const end = h('span', { class: 'quick-end' });
          const apply = h(
            'button',
            {
              class: 'quick-preset',
              type: 'button',
              testid: `quick-preset-${id}`,
              onclick: () => during(apply, () => ctx.ipc.applyPreset(id), { failed: ctx.fail }),
            },
            emoji,
            h('span', { class: 'quick-words' }, title, end),
          );
          return {
            element: h('li', {}, apply),
            update({ preset, would_end, active }) {
              setText(emoji, preset.emoji);
              setText(title, preset.title);
              setText(end, would_end ? untilWords(would_end) : expiryWords(preset.expiry));
              setAttr(apply, 'aria-pressed', active);
            },
          };
        },
      );
    },
  };
}

/**
 * @param {Ctx} ctx
 * @param {(draft: Recent) => void} edit
 */
function recentStatuses(ctx, edit) {
  /** @type {Map<string, { element: HTMLElement, update: (recent: Recent, index: number) => void }>} */
  const views = new Map();
  const list = h('ul', { class: 'list', testid: 'recents' });
  const element = card({ title: t('recents-heading') }, list);
  return {
    element,
    /** @param {Recent[]} recents */
    update(recents) {
      show(element, recents.length > 0);
      keyed(list, views, recents, keyOf, (recent) => {
        const apply = button({
          label: t('recents-apply'),
          small: true,
          onclick: () => during(apply, () => ctx.ipc.setStatus(recent), { failed: ctx.fail }),
        });
        const change = button({
          label: t('recents-edit', { title: recent.title }),
          icon: 'edit',
          iconOnly: true,
          kind: 'quiet',
          small: true,
          onclick: () => edit(recent),
        });
        const remove = button({
          label: t('recents-remove', { title: recent.title }),
          icon: 'close',
          iconOnly: true,
          kind: 'quiet',
          small: true,
          onclick: () => during(remove, () => ctx.ipc.removeRecent(recent), { failed: ctx.fail }),
        });
        setAttr(apply, 'aria-label', t('recents-apply-title', { title: recent.title }));
        const line = h(
          'li',
          { class: 'list-row' },
          h('span', { class: 'emoji list-emoji', 'aria-hidden': 'true', text: recent.emoji }),
          h(
            'div',
            { class: 'list-words' },
            h('span', { class: 'list-title', dir: 'auto', text: recent.title }),
            h('span', {
              class: 'list-about',
              text: recent.is_away
                ? t('presets-about-away', { expiry: expiryWords(recent.expiry) })
                : expiryWords(recent.expiry),
            }),
          ),
          h('div', { class: 'list-actions' }, apply, change, remove),
        );
        return {
          element: line,
          update(_recent, index) {
            setAttr(line, 'data-testid', `recent-${index}`);
            setAttr(apply, 'data-testid', `recent-apply-${index}`);
            setAttr(change, 'data-testid', `recent-edit-${index}`);
            setAttr(remove, 'data-testid', `recent-remove-${index}`);
          },
        };
      });
    },
  };
}
