/**
 * The Account page: who is connected and by which token; the connect form when nobody is.
 */
import { h, setAttr, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { dateTime, durationWords, initials } from '../formats.js';
import { button, during } from '../parts/button.js';
import { card } from '../parts/card.js';
import { confirm } from '../parts/dialog.js';
import { pageFrame } from '../parts/page.js';
import { failure } from '../parts/placeholder.js';
import { named, t } from '../words.js';
import { connectForm } from './account-connect.js';
import { keyringCard, tokenHelp } from './account-help.js';
import { scopesTable } from './account-scopes.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('../bindings/TokenView').TokenView} TokenView
 */

/** @param {Ctx} ctx @returns {import('../session.js').PageView} */
export function accountPage(ctx) {
  const form = connectForm(ctx, {
    onconnected: (token) => {
      reconnecting = false;
      details.update(token);
      draw(ctx.store.snapshot);
      greet(ctx, token);
      details.focus();
    },
  });
  let reconnecting = false;
  const keyring = keyringCard(ctx);
  const trouble = failure({ testid: 'account-error', retry: () => load() });
  const details = connectedCards(ctx, {
    reload: () => load(),
    reconnect: () => {
      reconnecting = !reconnecting;
      draw(ctx.store.snapshot);
      if (reconnecting) form.focus();
    },
  });
  const help = tokenHelp();
  const element = pageFrame(
    { title: t('page-account') },
    keyring.element,
    form.element,
    trouble.element,
    details.element,
    help.element,
  );

  let loadedFor = '';
  /** @param {Snapshot} snapshot */
  const keyOf = ({ account, token }) =>
    account ? `${account.id.origin}#${account.id.user_id} ${token}` : '';
  async function load() {
    if (!ctx.store.snapshot.account) return;
    trouble.hide();
    const who = keyOf(ctx.store.snapshot);
    try {
      const token = await ctx.ipc.tokenInfo();
      if (who !== keyOf(ctx.store.snapshot)) return;
      loadedFor = who;
      details.update(token);
    } catch (error) {
      trouble.say(explain(error).text);
    }
  }

  /** @param {Snapshot} snapshot */
  function draw(snapshot) {
    const { account, token } = snapshot;
    show(details.element, account !== null);
    show(
      form.element,
      account === null
        ? token !== 'loading'
        : reconnecting || token === 'rejected' || token === 'missing' || token === 'several',
    );
    form.update(snapshot);
    keyring.update(snapshot);
    details.draw(snapshot);
    help.update(account === null);
  }

  return {
    element,
    update(snapshot) {
      if (snapshot.account === null) {
        loadedFor = '';
        reconnecting = false;
        details.update(null);
      }
      draw(snapshot);
      if (
        !element.hidden &&
        snapshot.account &&
        keyOf(snapshot) !== loadedFor &&
        snapshot.token !== 'loading'
      ) {
        loadedFor = keyOf(snapshot); // Once for each state: a failure waits for the person.
        void load();
      }
    },
    shown() {
      if (ctx.store.snapshot.account && ctx.store.snapshot.token !== 'rejected') void load();
      else if (!ctx.store.snapshot.account) form.focus();
    },
  };
}

/**
 * Names who is connected, as soon as the snapshot knows: it may still be the one before.
 * @param {Ctx} ctx
 * @param {TokenView} token
 */
function greet(ctx, { account: { origin, user_id } }) {
  const said = () => {
    const { account } = ctx.store.snapshot;
    if (account?.id.origin !== origin || account.id.user_id !== user_id) return false;
    ctx.toasts.show(t('account-connected', { name: account.name }));
    return true;
  };
  if (said()) return;
  const stop = ctx.store.subscribe(() => {
    if (said()) stop();
  });
}

/**
 * @param {Ctx} ctx
 * @param {{ reload: () => Promise<void>, reconnect: () => void }} deeds
 */
function connectedCards(ctx, { reload, reconnect }) {
  const face = h('span', { class: 'face face-large', 'aria-hidden': 'true' });
  const name = h('p', { class: 'avatar-name', dir: 'auto', testid: 'account-name' });
  const where = h('p', { class: 'avatar-about', dir: 'auto', testid: 'account-role' });
  const again = button({ label: t('account-reconnect'), testid: 'reconnect-button', onclick: reconnect });
  const leave = button({
    label: t('account-disconnect'),
    kind: 'quiet',
    testid: 'disconnect-button',
    onclick: async () => {
      const sure = await confirm({
        title: t('account-disconnect-title'),
        text: [
          h('p', { text: t('account-disconnect-about') }),
          h('p', { text: t('account-disconnect-token') }),
        ],
        confirm: t('account-disconnect'),
        danger: true,
      });
      if (!sure) return;
      await during(
        leave,
        () => ctx.ipc.disconnect().then(() => ctx.toasts.show(t('account-disconnected'), { tone: 'info' })),
        { failed: (error) => ctx.toasts.show(explain(error).text, { tone: 'error', stays: true }) },
      );
    },
  });
  const person = h(
    'section',
    { class: 'card person', 'aria-label': t('account-person') },
    face,
    h('div', { class: 'person-words' }, name, where),
    h('div', { class: 'button-row' }, again, leave),
  );

  const recheck = button({
    label: t('account-recheck'),
    icon: 'refresh',
    kind: 'quiet',
    small: true,
    testid: 'recheck-token',
    onclick: () => during(recheck, reload, { done: true }),
  });
  /**
   * @param {string} label
   * @param {string} testid
   * @param {boolean} [mono]
   */
  const fact = (label, testid, mono = false) => {
    const value = h('span', { class: mono ? 'field-value mono' : 'field-value', dir: 'auto', testid });
    return {
      value,
      element: h(
        'div',
        { class: 'row field-row' },
        h('span', { class: 'field-name', text: label }),
        h('div', { class: 'field-content' }, value),
      ),
    };
  };
  const tokenName = fact(t('token-field-name'), 'token-name');
  const masked = fact(t('token-field-masked'), 'token-masked', true);
  const created = fact(t('token-field-created'), 'token-created');
  const used = fact(t('token-field-used'), 'token-last-used');
  const expires = fact(t('token-field-expires'), 'token-expires');
  const kept = fact(t('token-field-kept'), 'token-state');
  const tokenCard = card(
    { title: t('account-token'), actions: [recheck] },
    tokenName.element,
    masked.element,
    created.element,
    used.element,
    expires.element,
    kept.element,
  );
  const scopes = scopesTable();
  const element = h('div', { class: 'stack' }, person, tokenCard, scopes.element);

  /** @param {HTMLElement} value @param {string | null} text */
  function fill(value, text) {
    setText(value, text ?? '');
    value.classList.toggle('skeleton', text === null);
    value.classList.toggle('skeleton-fact', text === null);
  }

  /** @type {TokenView | null} */
  let token = null;
  return {
    element,
    focus: () => again.focus(),
    /** @param {TokenView | null} next */
    update(next) {
      token = next;
      fill(tokenName.value, next ? next.name || t('token-no-name') : null);
      fill(masked.value, next ? next.masked : null);
      fill(created.value, next ? dateTime(new Date(next.created_at)) || next.created_at : null);
      fill(
        used.value,
        next
          ? next.last_used_at === null
            ? t('token-never-used')
            : dateTime(new Date(next.last_used_at)) || next.last_used_at
          : null,
      );
      fill(
        expires.value,
        next
          ? next.expires_in === null
            ? t('token-no-end')
            : t('token-ends-in', { duration: durationWords(Math.max(1, Math.round(next.expires_in / 60))) })
          : null,
      );
      scopes.warn(next?.unneeded_scopes ?? []);
      this.draw(ctx.store.snapshot);
    },
    /** @param {Snapshot} snapshot */
    draw(snapshot) {
      const { account } = snapshot;
      if (!account) return;
      const title = account.name || t('account-unnamed');
      setText(face, initials(title));
      setText(name, title);
      setText(
        where,
        [named('role', account.role), account.id.origin.replace('https://', '')].filter(Boolean).join(' · '),
      );
      const state = t(`token-${snapshot.token}`);
      setText(
        kept.value,
        token && snapshot.token === 'kept' ? t('token-kept-where', { store: token.store }) : state,
      );
      setAttr(kept.element, 'data-state', snapshot.token);
      // A token from the environment is not ours to remove or replace.
      const foreign = snapshot.token === 'from_environment';
      show(again, !foreign);
      show(leave, !foreign);
      scopes.update(account.scopes, snapshot.missing_scopes);
    },
  };
}
