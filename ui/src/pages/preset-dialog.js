/**
 * Adds or edits a preset.
 */
import { h, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { EMPTY_DRAFT } from '../formats.js';
import { icon } from '../icons.js';
import { button, during } from '../parts/button.js';
import { row } from '../parts/card.js';
import { openDialog } from '../parts/dialog.js';
import { draftForm } from '../parts/draft-form.js';
import { toggle } from '../parts/toggle.js';
import { t } from '../words.js';

/**
 * @typedef {import('../bindings/Preset').Preset} Preset
 * @typedef {import('../bindings/Draft').Draft} Draft
 */

/** @returns {string} A lasting name that nobody else has: `a-z0-9-`, up to 40 characters. */
export function newPresetId() {
  return `own-${[...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('')}`;
}

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {{ preset?: Preset, draft?: Draft }} options The preset to edit, or what a new one starts from.
 */
export function openPresetDialog(ctx, { preset, draft }) {
  const form = draftForm(ctx, { draft: preset ?? draft ?? EMPTY_DRAFT, canAskDate: true });
  let inTray = preset?.in_tray ?? true;
  const tray = row({
    label: t('preset-in-tray'),
    description: t('preset-in-tray-about'),
    control: (ids) =>
      toggle({
        labelledby: ids.label,
        describedby: ids.description,
        testid: 'preset-in-tray',
        checked: inTray,
        onchange: (on) => void (inTray = on),
      }).element,
  });
  const errorWords = h('span');
  const error = h('p', { class: 'field-error', role: 'alert', hidden: true }, icon('error'), errorWords);
  const save = button({
    label: t(preset ? 'window-save' : 'presets-add'),
    kind: 'primary',
    type: 'submit',
    testid: 'preset-save',
    onclick: () => submit(),
  });
  const cancel = button({
    label: t('window-cancel'),
    testid: 'preset-cancel',
    onclick: () => dialog.close(),
  });

  function submit() {
    during(
      save,
      async () => {
        show(error, false);
        if (!(await form.validate())) return;
        const saved = {
          ...form.draft,
          title: form.draft.title.trim(),
          id: preset?.id ?? newPresetId(),
          in_tray: inTray,
        };
        await ctx.ipc.savePreset(saved);
        dialog.close();
        ctx.toasts.show(t(preset ? 'presets-saved' : 'presets-added', { title: saved.title }));
      },
      {
        failed: (reason) => {
          setText(errorWords, explain(reason).text);
          show(error, true);
        },
      },
    );
  }

  const dialog = openDialog({
    title: t(preset ? 'preset-edit' : 'preset-new'),
    testid: 'preset-dialog',
    wide: true,
    content: [
      h(
        'form',
        {
          class: 'preset-form',
          novalidate: true,
          onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            submit();
          },
        },
        form.element,
        h('div', { class: 'card' }, tray),
        error,
        // Enter in a field submits only when the form has a submit button inside.
        h('button', { type: 'submit', class: 'visually-hidden', tabindex: -1, 'aria-hidden': 'true' }),
      ),
    ],
    actions: [cancel, save],
    onclose: () => form.destroy(),
  });
  form.focusTitle();
}
