/**
 * The Presets page: saved statuses in their order.
 */
import { h, keyed, setAttr, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { expiryWords } from '../formats.js';
import { icon } from '../icons.js';
import { button, during } from '../parts/button.js';
import { confirm } from '../parts/dialog.js';
import { pageFrame } from '../parts/page.js';
import { openMenu } from '../parts/popover.js';
import { reorder } from '../parts/reorder.js';
import { toggle } from '../parts/toggle.js';
import { trayLimit } from '../parts/tray-limit.js';
import { t } from '../words.js';
import { openPresetDialog } from './preset-dialog.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/PresetView').PresetView} PresetView
 */

/** @param {Ctx} ctx @returns {import('../session.js').PageView} */
export function presetsPage(ctx) {
  const undo = { label: t('window-undo'), run: () => void ctx.ipc.undoPresets().catch(ctx.fail) };

  const add = button({
    label: t('presets-add'),
    icon: 'plus',
    kind: 'primary',
    testid: 'add-preset',
    onclick: () => openPresetDialog(ctx, {}),
  });
  const importError = importBanner();
  const bring = button({
    label: t('presets-import'),
    icon: 'import',
    small: true,
    testid: 'import-presets',
    onclick: () =>
      during(
        bring,
        async () => {
          importError.hide();
          const report = await ctx.ipc.importPresets();
          if (report)
            ctx.toasts.show(t('presets-imported', { added: report.added, replaced: report.replaced }), {
              action: undo,
            });
        },
        { failed: importError.say },
      ),
  });
  const save = button({
    label: t('presets-export'),
    icon: 'export',
    small: true,
    testid: 'export-presets',
    onclick: () =>
      during(
        save,
        async () => {
          const path = await ctx.ipc.exportPresets();
          if (path !== null) ctx.toasts.show(t('presets-exported', { path }));
        },
        { failed: ctx.fail },
      ),
  });
  const restore = button({
    label: t('presets-restore'),
    icon: 'restore',
    small: true,
    testid: 'restore-presets',
    onclick: async () => {
      const sure = await confirm({
        title: t('presets-restore-title'),
        text: [h('p', { text: t('presets-restore-about') })],
        confirm: t('presets-restore'),
      });
      if (!sure) return;
      await during(
        restore,
        () =>
          ctx.ipc
            .restoreDefaultPresets()
            .then(() => ctx.toasts.show(t('presets-restored'), { action: undo })),
        { failed: ctx.fail },
      );
    },
  });
  const bringBack = button({
    label: t('presets-undo'),
    icon: 'undo',
    small: true,
    testid: 'undo-presets',
    onclick: () => during(bringBack, () => ctx.ipc.undoPresets(), { failed: ctx.fail }),
  });

  const limit = trayLimit({
    testid: 'tray-limit',
    label: t('presets-tray-limit'),
    onchange: (value) => ctx.ipc.changeSettings({ tray_limit: value }).catch(ctx.fail),
  });

  /** @type {Map<string, PresetRow>} */
  const rows = new Map();
  const list = h('ul', {
    class: 'list presets',
    role: 'list',
    testid: 'presets-list',
    'aria-label': t('page-presets'),
  });
  const move = async (/** @type {string} */ id, /** @type {number} */ to) => {
    const { presets } = ctx.store.snapshot;
    const from = presets.findIndex((view) => view.preset.id === id);
    const moved = presets[from];
    if (!moved || to === from || to < 0 || to >= presets.length) return;
    try {
      await ctx.ipc.movePreset(id, to);
      ctx.toasts.announce(
        t('presets-moved', { title: moved.preset.title, place: to + 1, count: presets.length }),
      );
    } catch (error) {
      ctx.fail(error);
    }
  };
  const sorting = reorder({ list, onmove: move });

  const remove = async (/** @type {import('../bindings/Preset').Preset} */ preset) => {
    const ids = ctx.store.snapshot.presets.map((view) => view.preset.id);
    try {
      await ctx.ipc.deletePreset(preset.id);
      // The row is gone: the focus goes to the one that took its place.
      const next = ids[ids.indexOf(preset.id) + 1] ?? ids[ids.indexOf(preset.id) - 1];
      (next === undefined ? add : (rows.get(next)?.menu ?? add)).focus();
      ctx.toasts.show(t('presets-deleted', { title: preset.title }), { action: undo });
    } catch (error) {
      ctx.fail(error);
    }
  };

  const empty = h(
    'div',
    { class: 'hero', testid: 'presets-empty', hidden: true },
    h('span', { class: 'emoji hero-emoji', 'aria-hidden': 'true', text: '🗂️' }),
    h('p', { class: 'hero-title', text: t('presets-empty') }),
    h('p', { class: 'hero-about', text: t('presets-empty-about') }),
  );
  const column = h('p', { class: 'list-column hint', 'aria-hidden': 'true', text: t('presets-column-tray') });
  const card = h('div', { class: 'card' }, column, list, empty);
  const trayCount = h('p', { class: 'group-note' });
  const element = pageFrame(
    { title: t('page-presets'), about: t('presets-about'), actions: [add] },
    importError.element,
    h(
      'section',
      { class: 'group' },
      card,
      h(
        'div',
        { class: 'tray-line' },
        trayCount,
        h(
          'label',
          { class: 'tray-limit' },
          h('span', { class: 'hint', text: t('presets-tray-limit') }),
          limit,
        ),
      ),
    ),
    h('div', { class: 'button-row' }, bring, save, restore, bringBack),
  );

  return {
    element,
    update(snapshot) {
      const { presets } = snapshot;
      show(list, presets.length > 0);
      show(column, presets.length > 0);
      show(empty, presets.length === 0);
      if (!sorting.busy) {
        keyed(
          list,
          rows,
          presets,
          (view) => view.preset.id,
          ({ preset: { id } }) => presetRow(ctx, id, { move, remove, sorting }),
        );
      }
      show(restore, !snapshot.presets_are_default);
      show(bringBack, snapshot.presets_can_undo);
      limit.value = String(snapshot.settings.tray_limit);
      const inTray = presets.filter((view) => view.preset.in_tray).length;
      const over = inTray - snapshot.settings.tray_limit;
      setText(
        trayCount,
        over > 0
          ? t('presets-tray-over', { shown: snapshot.settings.tray_limit, over })
          : t('presets-tray-count', { count: inTray }),
      );
    },
    destroy: sorting.destroy,
  };
}

/**
 * @typedef {{
 *   element: HTMLElement, menu: HTMLElement, update: (view: PresetView, index: number) => void,
 * }} PresetRow
 */

/**
 * @param {Ctx} ctx
 * @param {string} id
 * @param {{
 *   move: (id: string, to: number) => Promise<void>,
 *   remove: (preset: import('../bindings/Preset').Preset) => Promise<void>,
 *   sorting: ReturnType<typeof reorder>,
 * }} deeds
 * @returns {PresetRow}
 */
function presetRow(ctx, id, { move, remove, sorting }) {
  const emoji = h('span', { class: 'emoji list-emoji', 'aria-hidden': 'true' });
  const title = h('span', { class: 'list-title', dir: 'auto' });
  const about = h('span', { class: 'list-about' });
  /** @type {PresetView | null} */
  let view = null;
  let place = 0;
  const handle = h(
    'button',
    {
      class: 'drag-handle',
      type: 'button',
      testid: `preset-handle-${id}`,
      title: t('presets-handle-hint'),
      'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown',
    },
    icon('drag'),
  );
  const apply = button({
    label: t('recents-apply'),
    small: true,
    testid: `preset-apply-${id}`,
    onclick: () => during(apply, () => ctx.ipc.applyPreset(id), { failed: ctx.fail }),
  });
  const tray = toggle({
    testid: `preset-tray-${id}`,
    onchange: (in_tray) =>
      view
        ? ctx.ipc.savePreset({ ...view.preset, in_tray }).catch((error) => {
            ctx.fail(error);
            throw error;
          })
        : undefined,
  });
  const edit = button({
    label: t('preset-edit'),
    icon: 'edit',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid: `preset-edit-${id}`,
    onclick: () => view && openPresetDialog(ctx, { preset: view.preset }),
  });
  const menu = button({
    label: t('presets-more'),
    icon: 'more',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid: `preset-menu-${id}`,
    onclick: () => {
      if (!view) return;
      const { preset } = view;
      openMenu(menu, t('presets-more-of', { title: preset.title }), [
        {
          label: t('presets-duplicate'),
          icon: 'duplicate',
          testid: 'preset-menu-duplicate',
          run: () =>
            void ctx.ipc
              .duplicatePreset(id)
              .then(() => ctx.toasts.announce(t('presets-duplicated', { title: preset.title })), ctx.fail),
        },
        {
          label: t('presets-up'),
          icon: 'up',
          testid: 'preset-menu-up',
          disabled: place === 0,
          run: () => void move(id, place - 1).then(() => menu.focus()),
        },
        {
          label: t('presets-down'),
          icon: 'down',
          testid: 'preset-menu-down',
          disabled: place === ctx.store.snapshot.presets.length - 1,
          run: () => void move(id, place + 1).then(() => menu.focus()),
        },
        {
          label: t('presets-delete'),
          icon: 'trash',
          testid: 'preset-menu-delete',
          danger: true,
          run: () => void remove(preset),
        },
      ]);
    },
  });
  setAttr(menu, 'aria-haspopup', 'menu');
  const element = h(
    'li',
    {
      class: 'list-row preset-row',
      testid: `preset-row-${id}`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        const focused = document.activeElement;
        void move(id, place + (event.key === 'ArrowUp' ? -1 : 1)).then(() => {
          if (focused instanceof HTMLElement) focused.focus();
          element.scrollIntoView({ block: 'nearest' });
        });
      },
    },
    handle,
    emoji,
    h('div', { class: 'list-words' }, title, about),
    h(
      'div',
      { class: 'list-actions' },
      apply,
      edit,
      menu,
      h('span', { class: 'tray-switch', title: t('presets-in-tray') }, tray.element),
    ),
  );
  sorting.attach(handle, element, id, () => place);
  return {
    element,
    menu,
    update(next, index) {
      view = next;
      place = index;
      const { preset } = next;
      setText(emoji, preset.emoji);
      setText(title, preset.title);
      const rule = expiryWords(preset.expiry);
      setText(about, preset.is_away ? t('presets-about-away', { expiry: rule }) : rule);
      setAttr(element, 'data-active', next.active ? 'true' : null);
      tray.set(preset.in_tray);
      setAttr(tray.element, 'aria-label', t('presets-in-tray-of', { title: preset.title }));
      setAttr(handle, 'aria-label', t('presets-handle', { title: preset.title, place: index + 1 }));
      setAttr(apply, 'aria-label', t('recents-apply-title', { title: preset.title }));
      setAttr(edit, 'aria-label', t('presets-edit-of', { title: preset.title }));
      setAttr(menu, 'aria-label', t('presets-more-of', { title: preset.title }));
    },
  };
}

function importBanner() {
  const text = h('p', { class: 'banner-title' });
  const detail = h('p', { class: 'banner-text', dir: 'auto' });
  const close = button({
    label: t('window-close'),
    icon: 'close',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    onclick: () => show(element, false),
  });
  const element = h(
    'div',
    { class: 'banner banner-error', role: 'alert', testid: 'import-error', hidden: true },
    icon('error', 'icon banner-icon'),
    h('div', { class: 'banner-body' }, text, detail),
    close,
  );
  return {
    element,
    hide: () => show(element, false),
    say: (/** @type {unknown} */ error) => {
      const said = explain(error);
      setText(text, said.text);
      setText(detail, said.detail ?? '');
      show(detail, said.detail !== undefined);
      show(element, true);
    },
  };
}
