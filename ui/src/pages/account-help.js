/**
 * How to get a token, who cannot, where it is kept, and what to do when the keyring does not open.
 */
import { h, setText, show } from '../dom.js';
import { icon } from '../icons.js';
import { banner } from '../parts/banner.js';
import { button, during } from '../parts/button.js';
import { t } from '../words.js';
import { SCOPES, scopeWords } from './account-scopes.js';

/** @typedef {import('../session.js').Ctx} Ctx */

/** @returns {'mac' | 'windows' | 'linux'} */
function system() {
  const { userAgent } = navigator;
  if (/Mac/.test(userAgent)) return 'mac';
  return /Windows/.test(userAgent) ? 'windows' : 'linux';
}

/**
 * @param {string} testid
 * @param {string} title
 * @param {...import('../dom.js').Child} children
 */
function fold(testid, title, ...children) {
  return h(
    'details',
    { class: 'fold', testid },
    h('summary', {}, icon('down', 'icon fold-mark'), h('span', { text: title })),
    h('div', { class: 'fold-body' }, ...children),
  );
}

export function tokenHelp() {
  const steps = /** @type {const} */ (['help-step-1', 'help-step-2', 'help-step-3', 'help-step-4']);
  const how = fold(
    'how-to-get',
    t('help-how'),
    h('ol', { class: 'steps' }, ...steps.map((id) => h('li', { text: t(id) }))),
    h(
      'ul',
      { class: 'scope-list' },
      ...SCOPES.map((scope) =>
        h(
          'li',
          {},
          h('code', { class: 'mono', text: scope }),
          h('span', { class: 'hint', text: scopeWords(scope) }),
        ),
      ),
    ),
  );
  const cannot = fold(
    'cannot-get',
    t('help-cannot'),
    h(
      'ul',
      { class: 'bullets' },
      h('li', { text: t('help-cannot-guest') }),
      h('li', { text: t('help-cannot-owner') }),
      h('li', { text: t('help-cannot-scope') }),
      h('li', { text: t('help-cannot-bot') }),
    ),
  );
  const where = fold(
    'where-kept',
    t('help-where'),
    h('p', { text: t(`help-where-${system()}`) }),
    h('p', { text: t('help-where-never') }),
    h('p', { text: t('help-where-origin') }),
  );
  return {
    element: h('div', { class: 'card folds' }, how, cannot, where),
    /** @param {boolean} first Nobody is connected: the way to a token stands open. */
    update(first) {
      if (how.dataset['touched'] === 'true') return;
      how.dataset['touched'] = 'true';
      how.open = first;
    },
  };
}

/** States of the keyring that need the person, with the button that tries again. */
const CLOSED = new Set(['locked', 'denied', 'no_service', 'slow']);

/** @param {Ctx} ctx */
export function keyringCard(ctx) {
  const retry = button({
    label: t('window-try-again'),
    small: true,
    testid: 'keyring-retry',
    onclick: () =>
      during(retry, () => ctx.ipc.retryKeyring(), {
        failed: ctx.fail,
      }),
  });
  const view = banner({ testid: 'keyring-state', tone: 'warning', actions: [retry] });
  const note = h('p', { class: 'hint', testid: 'token-environment', hidden: true });
  return {
    element: h('div', { class: 'stack-small keyring' }, view.element, note),
    /** @param {import('../bindings/Snapshot').Snapshot} snapshot */
    update({ token, account }) {
      if (CLOSED.has(token))
        view.say(t(`token-${token}`), t(token === 'slow' ? 'keyring-slow-about' : 'keyring-session-hint'));
      else if (token === 'rejected') view.say(t('token-rejected'), t('keyring-rejected-about'));
      else if (token === 'several') view.say(t('token-several'), t('keyring-several-about'));
      else if (token === 'loading' && !account) view.say(t('token-loading'));
      else view.hide();
      show(retry, CLOSED.has(token));
      const actions = retry.parentElement;
      if (actions) show(actions, CLOSED.has(token));
      setText(note, token === 'from_environment' ? t('keyring-environment') : '');
      show(note, token === 'from_environment');
    },
  };
}
