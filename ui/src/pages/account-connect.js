/**
 * The connect form: a pasted token becomes a connected person, or a plain sentence why not.
 */
import { CLOUD } from '../cloud.js';
import { h, setAttr, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { icon } from '../icons.js';
import { button, during, setLabel } from '../parts/button.js';
import { t } from '../words.js';

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {{ onconnected: (token: import('../bindings/TokenView').TokenView) => void }} options
 */
export function connectForm(ctx, { onconnected }) {
  const errorWords = h('span', { dir: 'auto' });
  const error = h(
    'div',
    { class: 'field-error', id: 'connect-error', role: 'alert', testid: 'connect-error', hidden: true },
    icon('error'),
    errorWords,
  );
  const token = h('input', {
    class: 'field mono',
    type: 'password',
    id: 'token-input',
    testid: 'token-input',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    dir: 'ltr',
    placeholder: t('connect-placeholder'),
    'aria-describedby': 'connect-error',
    oninput: () => {
      show(error, false);
      setAttr(token, 'aria-invalid', null);
    },
  });
  const reveal = button({
    label: t('connect-show'),
    icon: 'eye',
    iconOnly: true,
    kind: 'quiet',
    testid: 'token-show',
    onclick: () => {
      const hidden = token.type === 'password';
      token.type = hidden ? 'text' : 'password';
      setAttr(reveal, 'aria-pressed', hidden);
      setLabel(reveal, t(hidden ? 'connect-hide' : 'connect-show'));
      token.focus();
    },
  });
  setAttr(reveal, 'aria-pressed', false);
  const session = h('input', { type: 'checkbox', id: 'session-only', testid: 'session-only' });
  const connect = button({
    label: t('connect-button'),
    kind: 'primary',
    type: 'submit',
    testid: 'connect-button',
  });
  const server = h('span', { class: 'mono', dir: 'ltr' });
  const title = h('h2', { class: 'connect-title' });
  const element = h(
    'form',
    {
      class: 'card card-pad connect',
      testid: 'connect-form',
      novalidate: true,
      'aria-label': t('connect-title'),
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void during(
          connect,
          async () => {
            show(error, false);
            const view = await ctx.ipc.connect(token.value.trim(), session.checked);
            // It is in the keyring now; no copy of it stays on the page.
            token.value = '';
            token.type = 'password';
            onconnected(view);
          },
          {
            failed: (reason) => {
              setText(errorWords, explain(reason).text);
              show(error, true);
              setAttr(token, 'aria-invalid', 'true');
              token.focus();
              token.select();
            },
          },
        );
      },
    },
    title,
    h('p', { class: 'hint connect-about', text: t('connect-about') }),
    h('label', { class: 'part-label', for: 'token-input', text: t('connect-token') }),
    h('div', { class: 'token-line' }, token, reveal),
    error,
    h(
      'label',
      { class: 'check' },
      session,
      h(
        'span',
        {},
        h('span', { text: t('connect-session') }),
        h('span', { class: 'row-about block', text: t('connect-session-about') }),
      ),
    ),
    h('div', { class: 'composer-actions' }, connect),
    h(
      'p',
      { class: 'hint' },
      t('connect-server'),
      ' ',
      server,
      ' ',
      button({
        label: t('connect-other-server'),
        kind: 'quiet',
        small: true,
        testid: 'connect-other-server',
        onclick: () => ctx.go('preferences'),
      }),
    ),
  );
  return {
    element,
    focus: () => token.focus(),
    /** @param {import('../bindings/Snapshot').Snapshot} snapshot */
    update(snapshot) {
      setText(title, t(snapshot.account ? 'connect-title-again' : 'connect-title'));
      setText(server, snapshot.settings.server ?? CLOUD);
      if (snapshot.token === 'no_service' && !snapshot.account) session.checked = true;
    },
  };
}
