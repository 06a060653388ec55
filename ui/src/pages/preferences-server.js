/**
 * The server's address: Pachca's own cloud, or a company's own server.
 */
import { CLOUD } from '../cloud.js';
import { h, setAttr, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { button, during } from '../parts/button.js';
import { card } from '../parts/card.js';
import { confirm } from '../parts/dialog.js';
import { t } from '../words.js';

/** @param {import('../session.js').Ctx} ctx */
export function serverCard(ctx) {
  const result = h('p', {
    class: 'hint',
    id: 'server-result',
    testid: 'server-result',
    role: 'status',
    dir: 'auto',
  });
  const input = h('input', {
    class: 'field mono',
    type: 'url',
    testid: 'server-input',
    dir: 'ltr',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: CLOUD,
    'aria-label': t('server-label'),
    'aria-describedby': 'server-result',
    oninput: () => {
      ctx.session.serverAddress = input.value;
      say('');
      draw();
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      save.click();
    },
  });
  const check = button({
    label: t('server-check'),
    testid: 'server-check',
    onclick: () =>
      during(
        check,
        async () => {
          const found = await ctx.ipc.checkServer(input.value.trim() || CLOUD);
          say(t('server-good', { address: found.address, ms: found.milliseconds }), 'good');
        },
        { failed: (error) => say(explain(error).text, 'bad') },
      ),
  });
  const save = button({
    label: t('window-save'),
    kind: 'primary',
    testid: 'server-save',
    onclick: () => void store(input.value.trim()),
  });
  const reset = button({
    label: t('server-reset'),
    kind: 'quiet',
    testid: 'server-reset',
    onclick: () => void store(''),
  });

  /** @param {string} address */
  async function store(address) {
    if (address === (ctx.store.snapshot.settings.server ?? '')) return;
    if (ctx.store.snapshot.account) {
      const sure = await confirm({
        title: t('server-change-title'),
        text: [h('p', { text: t('server-change-about') })],
        confirm: t('server-change'),
      });
      if (!sure) return;
    }
    await during(
      save,
      async () => {
        await ctx.ipc.changeSettings({ server: address });
        ctx.session.serverAddress = null;
        say(t('server-saved'), 'good');
      },
      { failed: (error) => say(explain(error).text, 'bad') },
    );
    draw();
  }

  /**
   * @param {string} words
   * @param {'good' | 'bad'} [tone]
   */
  function say(words, tone) {
    setText(result, words);
    setAttr(result, 'data-tone', tone ?? null);
    setAttr(input, 'aria-invalid', tone === 'bad' ? 'true' : null);
    show(result, words !== '');
  }

  function draw() {
    const saved = ctx.store.snapshot.settings.server ?? '';
    const typed = ctx.session.serverAddress ?? saved;
    if (document.activeElement !== input && input.value !== typed) input.value = typed;
    show(save, input.value.trim() !== saved);
    show(reset, saved !== '');
  }

  say('');
  return {
    element: card(
      { title: t('server-heading'), description: t('server-about') },
      h(
        'div',
        { class: 'card-pad server' },
        h('div', { class: 'server-line' }, input, check, save),
        result,
        h('div', { class: 'button-row' }, reset),
      ),
    ),
    update: draw,
  };
}
