/**
 * What colleagues see now: the status with the time left, and what can be done to it.
 */
import { h, setAttr, setText, show } from '../dom.js';
import { timeLeft } from '../formats.js';
import { icon } from '../icons.js';
import { button, during } from '../parts/button.js';
import { clockwork } from '../parts/clockwork.js';
import { same } from '../values.js';
import { t, untilWords, whenWords } from '../words.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('../bindings/Extension').Extension} Extension
 */

/** @type {ReadonlyArray<[id: import('../sentences').SentenceId, extension: Extension]>} */
const EXTENSIONS = [
  ['extend-15', { kind: 'minutes', minutes: 15 }],
  ['extend-30', { kind: 'minutes', minutes: 30 }],
  ['extend-60', { kind: 'minutes', minutes: 60 }],
  ['extend-workday', { kind: 'end_of_workday' }],
];

/** @param {Ctx} ctx */
export function currentStatus(ctx) {
  const emoji = h('span', { class: 'emoji', 'aria-hidden': 'true', testid: 'current-emoji' });
  const title = h('p', { class: 'current-title', dir: 'auto', testid: 'current-title' });
  const until = h('span', { testid: 'current-until' });
  const left = h('span', { class: 'current-left', testid: 'current-left' });
  const away = h('span', { class: 'badge', testid: 'current-away' }, icon('away'), t('status-away'));
  const message = h('p', { class: 'current-message', dir: 'auto' });
  const hint = h('p', { class: 'current-hint' });
  const seen = h('p', { class: 'current-seen', testid: 'current-stale' });

  const clear = button({
    label: t('status-clear'),
    testid: 'clear-button',
    onclick: () => during(clear, () => ctx.ipc.clearStatus(), { failed: ctx.fail }),
  });
  const refresh = button({
    label: t('status-refresh'),
    icon: 'refresh',
    iconOnly: true,
    kind: 'quiet',
    testid: 'refresh-button',
    onclick: () => during(refresh, () => ctx.ipc.refreshStatus(), { failed: ctx.fail }),
  });
  const undo = h('button', {
    class: 'button button-quiet button-small undo',
    type: 'button',
    testid: 'undo-button',
    onclick: () => during(undo, () => ctx.ipc.undoStatus(), { failed: ctx.fail }),
  });
  const undoWords = h('span', { class: 'button-label', dir: 'auto' });
  undo.append(icon('undo'), undoWords);
  const extensions = EXTENSIONS.map(([id, extension]) => {
    const chip = h('button', {
      class: 'chip',
      type: 'button',
      testid: id,
      text: t(id),
      onclick: () => during(chip, () => ctx.ipc.extend(extension), { failed: ctx.fail }),
    });
    return { chip, extension };
  });
  const extendLine = h(
    'div',
    { class: 'extend', role: 'group', 'aria-label': t('extend-heading') },
    h('span', { class: 'hint', text: t('extend-heading') }),
    ...extensions.map(({ chip }) => chip),
  );

  const skeleton = h(
    'div',
    { class: 'current-skeleton', 'aria-hidden': 'true' },
    h('span', { class: 'skeleton skeleton-face' }),
    h('span', { class: 'skeleton skeleton-line' }),
  );
  const facts = h(
    'div',
    { class: 'current-facts' },
    title,
    h('p', { class: 'current-time' }, until, left, away),
    message,
    hint,
  );
  const main = h(
    'div',
    { class: 'current-main' },
    h('span', { class: 'current-face' }, emoji),
    facts,
    h('div', { class: 'current-actions' }, clear, refresh),
  );
  const foot = h('div', { class: 'current-foot' }, seen, undo);
  const element = h(
    'section',
    { class: 'card current', testid: 'current-status', 'aria-label': t('status-heading') },
    skeleton,
    main,
    extendLine,
    foot,
  );

  const clock = clockwork(() => {
    const end = ctx.store.snapshot.status.status?.ends;
    const rest = end ? timeLeft(end.at, Date.now()) : null;
    setText(left, rest?.words ?? '');
    show(left, rest !== null);
    return rest?.next ?? null;
  });

  return {
    element,
    tick: clock.now,
    destroy: clock.stop,
    /** @param {Snapshot} snapshot */
    update(snapshot) {
      const { status: shown, pending } = snapshot;
      const { status } = shown;
      const waitsForFirst = !shown.known && !pending;
      show(skeleton, waitsForFirst && snapshot.link.kind === 'unknown');
      show(main, !(waitsForFirst && snapshot.link.kind === 'unknown'));

      element.classList.toggle('current-empty', status === null);
      element.classList.toggle('current-old', shown.stale);
      setText(emoji, status ? status.emoji : '💤');
      setText(title, status ? status.title : shown.known ? t('status-none') : t('status-unknown'));
      setText(until, status ? (status.ends ? untilWords(status.ends) : t('status-no-end')) : '');
      show(until, status !== null);
      show(away, status?.is_away === true);
      setText(message, status?.away_message ?? '');
      show(message, Boolean(status?.away_message));
      setText(hint, shown.known ? t('status-none-about') : t('status-unknown-about'));
      show(hint, status === null);
      show(clear, status !== null || pending !== null);
      for (const { chip, extension } of extensions) {
        // What would not make it longer is not offered.
        const offer = snapshot.extensions.find((one) => same(one.extension, extension));
        show(chip, offer !== undefined);
        setAttr(chip, 'title', offer ? untilWords(offer.would_end) : null);
      }
      show(extendLine, status !== null && snapshot.extensions.length > 0);

      const sending = pending?.phase === 'sending';
      setAttr(element, 'aria-busy', sending ? true : null);
      setText(
        seen,
        sending
          ? pending.wanted
            ? t('pending-sending', { emoji: pending.wanted.emoji, title: pending.wanted.title })
            : t('pending-sending-clear')
          : shown.seen
            ? t(shown.stale ? 'status-stale' : 'status-seen', { when: whenWords(shown.seen) })
            : '',
      );
      seen.classList.toggle('sending', sending);
      const { undo: offer } = snapshot;
      show(undo, offer !== null && !sending);
      if (offer)
        setText(
          undoWords,
          offer.previous
            ? t('status-undo', { emoji: offer.previous.emoji, title: offer.previous.title })
            : t('status-undo-none'),
        );
      show(foot, seen.textContent !== '' || offer !== null);
      clock.now();
    },
  };
}
