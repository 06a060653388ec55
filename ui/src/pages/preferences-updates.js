/**
 * Newer versions: looked for on request or once a day, installed by a click. Not there at all where a package
 * manager looks after the app, or no key to check a signature with is built in.
 */
import { h, setAttr, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { button, during } from '../parts/button.js';
import { card, row } from '../parts/card.js';
import { toggle } from '../parts/toggle.js';
import { t } from '../words.js';

/** @typedef {import('../bindings/UpdatesView').UpdatesView} UpdatesView */

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {(patch: import('../bindings/SettingsPatch').SettingsPatch) => Promise<void>} change
 */
export function updatesCard(ctx, change) {
  const result = h('p', { class: 'hint', testid: 'updates-result', role: 'status' });
  const title = h('h3', { testid: 'update-version' });
  // Whatever its makers wrote is text.
  const notes = h('p', { class: 'update-notes', testid: 'update-notes', dir: 'auto', tabindex: '0' });
  const install = button({
    label: t('updates-install'),
    kind: 'primary',
    testid: 'update-install',
    onclick: () =>
      during(
        install,
        async () => {
          say(t('updates-installing'));
          await ctx.ipc.installUpdate();
        },
        { failed: (error) => say(explain(error).text, 'bad') },
      ),
  });
  const found = h(
    'div',
    { class: 'update', testid: 'update-found' },
    title,
    notes,
    h('div', { class: 'button-row' }, install),
  );
  const look = button({ label: t('updates-look'), testid: 'updates-look', onclick: () => lookNow() });
  /** @type {ReturnType<typeof toggle>} */
  let daily;
  const element = card(
    { title: t('updates-heading'), testid: 'updates' },
    row({
      label: t('updates-daily'),
      description: t('updates-daily-about'),
      control: (ids) => {
        daily = toggle({
          labelledby: ids.label,
          describedby: ids.description,
          testid: 'updates-daily',
          onchange: async (on) => {
            await change({ look_for_updates: on });
            if (on) void lookNow();
          },
        });
        return daily.element;
      },
    }),
    h('div', { class: 'card-pad' }, found, h('div', { class: 'button-row' }, look), result),
  );

  function lookNow() {
    say('');
    return during(
      look,
      async () => {
        const view = await ctx.ipc.lookForUpdate();
        draw(view);
        if (!view.found) say(t('updates-none'), 'good');
      },
      { failed: (error) => say(explain(error).text, 'bad') },
    );
  }

  /**
   * @param {string} words
   * @param {'good' | 'bad'} [tone]
   */
  function say(words, tone) {
    setText(result, words);
    setAttr(result, 'data-tone', tone ?? null);
    show(result, words !== '');
  }

  /** @param {UpdatesView} view */
  function draw(view) {
    show(element, view.offered);
    show(found, view.found !== null);
    if (!view.found) return;
    setText(title, t('updates-found', { version: view.found.version }));
    setText(notes, view.found.notes);
    show(notes, view.found.notes !== '');
  }

  say('');
  draw({ offered: false, found: null });
  // Where it is not known the card stays away.
  ctx.ipc.updates().then(draw, () => undefined);
  return { element, set: (/** @type {boolean} */ on) => daily.set(on) };
}
