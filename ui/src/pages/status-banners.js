/**
 * On top of the Status page: what waits, what needs a decision, what went wrong, and what this computer
 * lacks.
 */
import { h, keyed, setText, show } from '../dom.js';
import { explainFailure } from '../errors.js';
import { isoDate, isoTime } from '../formats.js';
import { banner } from '../parts/banner.js';
import { button, during, setLabel } from '../parts/button.js';
import { copyButton } from '../parts/copy.js';
import { keyOf } from '../values.js';
import { t, untilWords, whenWords } from '../words.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('../bindings/StatusView').StatusView} StatusView
 * @typedef {import('../bindings/Notice').Notice} Notice
 * @typedef {import('../bindings/Draft').Draft} Draft
 */

/**
 * @param {StatusView | null} status
 * @returns {string} «🍔 На обеде · до 14:00», or «no status».
 */
export function statusLine(status) {
  if (!status) return t('status-line-none');
  const { emoji, title, ends } = status;
  return ends
    ? t('status-line-until', { emoji, title, until: untilWords(ends) })
    : t('status-line', { emoji, title });
}

/**
 * @param {StatusView} status
 * @returns {Draft} To compose it anew.
 */
export function draftOf(status) {
  const end = status.ends ? new Date(status.ends.at) : null;
  return {
    emoji: status.emoji,
    title: status.title,
    expiry: end
      ? {
          kind: 'at',
          at: `${isoDate(end)}T${isoTime(end.getHours(), end.getMinutes())}:00`,
        }
      : { kind: 'never' },
    is_away: status.is_away,
    away_message: status.away_message ?? '',
  };
}

/**
 * @param {Snapshot} snapshot
 * @returns {string} Why something waits, and when it is tried again.
 */
function why({ link }) {
  if (link.kind === 'paused') return t('link-paused-retry', { when: whenWords(link.until) });
  if (link.kind !== 'trouble') return t('pending-waiting-soon');
  const reason = t(`failure-${link.failure}`, { scope: 'unknown', seconds: 0, status: 0, message: '' });
  return link.retry ? `${reason} ${t('link-retry', { when: whenWords(link.retry) })}` : reason;
}

/**
 * @param {Ctx} ctx
 * @param {(draft: Draft) => void} edit Opens the composer with it.
 */
export function statusBanners(ctx, edit) {
  /**
   * @param {string} label
   * @param {string} testid
   * @param {() => Promise<unknown>} work
   * @param {'plain' | 'primary' | 'quiet'} [kind]
   */
  const act = (label, testid, work, kind = 'plain') => {
    const element = button({
      label,
      testid,
      kind,
      small: true,
      onclick: () => during(element, work, { failed: ctx.fail }),
    });
    return element;
  };

  const retry = act(t('pending-retry'), 'retry-pending', () => ctx.ipc.retryStatus());
  const change = button({
    label: t('pending-edit'),
    small: true,
    testid: 'edit-pending',
    onclick: () => {
      const wanted = ctx.store.snapshot.pending?.wanted;
      if (wanted) edit(draftOf(wanted));
    },
  });
  const pending = banner({
    testid: 'banner-pending',
    tone: 'busy',
    actions: [
      retry,
      change,
      act(t('pending-cancel'), 'cancel-pending', () => ctx.ipc.cancelPending(), 'quiet'),
    ],
  });
  const conflict = banner({
    testid: 'banner-conflict',
    tone: 'warning',
    actions: [
      act(t('conflict-ours'), 'conflict-ours', () => ctx.ipc.resolveConflict(true)),
      act(t('conflict-theirs'), 'conflict-theirs', () => ctx.ipc.resolveConflict(false)),
    ],
  });
  const link = banner({
    testid: 'banner-link',
    tone: 'info',
    icon: 'offline',
    actions: [act(t('window-try-again'), 'banner-link-retry', () => ctx.ipc.refreshStatus())],
  });
  const scopes = banner({
    testid: 'banner-scopes',
    tone: 'warning',
    actions: [
      button({
        label: t('window-to-account'),
        small: true,
        testid: 'banner-scopes-action',
        onclick: () => ctx.go('account'),
      }),
    ],
  });
  const tip = banner({
    testid: 'close-tip',
    tone: 'info',
    actions: [
      act(t('close-tip-ok'), 'close-tip-ok', () => ctx.ipc.changeSettings({ close_notice_seen: true })),
    ],
  });
  const problem = problemBanner(ctx);
  /** @type {Map<string, { element: HTMLElement, update: (notice: Notice) => void }>} */
  const noticeViews = new Map();
  const notices = h('div', { class: 'stack-small' });
  const element = h(
    'div',
    { class: 'stack-small banners' },
    conflict.element,
    pending.element,
    problem.element,
    link.element,
    scopes.element,
    notices,
    tip.element,
  );

  return {
    element,
    /** @param {Snapshot} snapshot */
    update(snapshot) {
      const { pending: wants, conflict: clash } = snapshot;
      if (clash?.reason === 'late')
        conflict.say(t('conflict-late-title'), t('conflict-late-about', { ours: statusLine(clash.ours) }));
      else if (clash?.reason === 'unreadable')
        conflict.say(
          t('conflict-unreadable-title'),
          t('conflict-unreadable-about', { ours: statusLine(clash.ours) }),
        );
      else if (clash)
        conflict.say(
          t('conflict-title'),
          t('conflict-about', { theirs: statusLine(clash.theirs), ours: statusLine(clash.ours) }),
        );
      else conflict.hide();

      if (wants && wants.phase !== 'sending' && !clash) {
        const refused = wants.phase === 'refused';
        const about = refused
          ? t('pending-refused-about')
          : `${why(snapshot)} ${t(wants.saved ? 'pending-waiting-saved' : 'pending-waiting-unsaved')}`;
        pending.say(
          t(refused ? 'pending-refused-title' : 'pending-waiting-title', {
            status: statusLine(wants.wanted),
          }),
          about,
        );
        show(change, refused && wants.wanted !== null);
      } else pending.hide();

      problem.update(snapshot);

      const { link: state } = snapshot;
      // What waits says why it waits: one banner for one thing.
      if (wants?.phase === 'waiting' && !clash) link.hide();
      else if (state.kind === 'trouble' && !snapshot.problem) {
        link.say(
          t(`failure-${state.failure}`, { scope: 'unknown', seconds: 0, status: 0, message: '' }),
          state.retry ? t('link-retry', { when: whenWords(state.retry) }) : t('link-retry-soon'),
        );
      } else if (snapshot.account && state.kind === 'paused')
        link.say(t('link-paused'), t('link-paused-until', { when: whenWords(state.until) }));
      else link.hide();

      const lacks = snapshot.account
        ? snapshot.missing_scopes.filter(
            (scope) => scope === 'profile_status:read' || scope === 'profile_status:write',
          )
        : [];
      // A refusal for want of a scope says it already.
      if (lacks.length > 0 && snapshot.problem?.failure.kind !== 'scope_missing')
        scopes.say(t('scopes-banner', { count: lacks.length }), lacks.join(', '));
      else scopes.hide();

      const { settings } = snapshot;
      const tray = !snapshot.notices.some((notice) => notice.kind === 'no_tray_host');
      // Once, and only when nothing more urgent is there.
      if (
        snapshot.account &&
        tray &&
        !settings.close_notice_seen &&
        settings.close_window === 'keep_in_tray' &&
        !snapshot.problem &&
        !wants &&
        !clash
      )
        tip.say(t('close-tip'), t('close-tip-about'));
      else tip.hide();

      keyed(notices, noticeViews, snapshot.notices, keyOf, (notice) => noticeBanner(ctx, notice));
    },
  };
}

/**
 * The last thing that failed, with everything support would ask for.
 * @param {Ctx} ctx
 */
function problemBanner(ctx) {
  const dismiss = button({
    label: t('window-close'),
    icon: 'close',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid: 'dismiss-problem',
    onclick: () => during(dismiss, () => ctx.ipc.dismissProblem(), { failed: ctx.fail }),
  });
  /** @type {import('../bindings/Page').Page | undefined} */
  let page;
  const mend = button({
    label: '',
    small: true,
    testid: 'problem-action',
    onclick: () => page && ctx.go(page),
  });
  const view = banner({ testid: 'banner-problem', tone: 'error', actions: [mend], close: dismiss });
  view.element.setAttribute('role', 'alert');
  const serverSays = h('dd', { dir: 'auto' });
  const status = h('dd');
  const requestId = h('dd', { class: 'mono' });
  const copy = copyButton({
    what: t('window-request-id'),
    value: () => requestId.textContent ?? '',
    testid: 'problem-copy-id',
    toasts: ctx.toasts,
  });
  const requestLine = h('dd', { class: 'with-copy' }, requestId, copy);
  const labels = {
    server: h('dt', { text: t('window-server-says') }),
    status: h('dt', { text: t('window-http-status') }),
    request: h('dt', { text: t('window-request-id') }),
  };
  const details = h(
    'details',
    { class: 'details', testid: 'problem-details' },
    h('summary', { text: t('window-details') }),
    h(
      'dl',
      { class: 'facts' },
      labels.server,
      serverSays,
      labels.status,
      status,
      labels.request,
      requestLine,
    ),
  );
  view.extra.append(details);
  return {
    element: view.element,
    /** @param {Snapshot} snapshot */
    update({ problem }) {
      if (!problem) {
        view.hide();
        return;
      }
      const said = explainFailure(problem.failure);
      page = said.page;
      view.say(said.text);
      if (page === 'account' || page === 'diagnostics' || page === 'preferences')
        setLabel(mend, t(`window-to-${page}`));
      show(mend, page !== undefined);
      if (mend.parentElement) show(mend.parentElement, page !== undefined);
      setText(serverSays, said.serverSays ?? '');
      setText(status, said.httpStatus === undefined ? '' : String(said.httpStatus));
      setText(requestId, said.requestId ?? '');
      for (const [label, value, there] of /** @type {const} */ ([
        [labels.server, serverSays, said.serverSays],
        [labels.status, status, said.httpStatus],
        [labels.request, requestLine, said.requestId],
      ])) {
        show(label, there !== undefined);
        show(value, there !== undefined);
      }
      show(
        view.extra,
        said.serverSays !== undefined || said.httpStatus !== undefined || said.requestId !== undefined,
      );
    },
  };
}

/**
 * @param {Ctx} ctx
 * @param {Notice} notice
 */
function noticeBanner(ctx, notice) {
  const dismiss = button({
    label: t('window-close'),
    icon: 'close',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid: `dismiss-notice-${notice.kind}`,
    onclick: () => during(dismiss, () => ctx.ipc.dismissNotice(notice), { failed: ctx.fail }),
  });
  const view = banner({
    testid: `notice-${notice.kind}`,
    tone: notice.kind === 'no_tray_host' || notice.kind === 'waited_too_long' ? 'info' : 'warning',
    close: dismiss,
  });
  view.say(noticeWords(notice));
  return { element: view.element, update() {} };
}

/**
 * @param {Notice} notice
 * @returns {string}
 */
export function noticeWords(notice) {
  const { kind, ...args } = notice;
  /** @type {import('../words.js').Args} */
  const words = {};
  for (const [name, value] of Object.entries(args))
    words[name] =
      typeof value === 'boolean' ? String(value) : typeof value === 'number' ? Math.abs(value) : value;
  return t(`notice-${kind}`, words);
}
