/**
 * The fields of a status, as the composer and the presets dialog have them. The core says as the person types
 * what it would come to and what keeps it from being set.
 */
import { h, setAttr, setText, show, uniqueId } from '../dom.js';
import { codePoints } from '../formats.js';
import { icon } from '../icons.js';
import { t, whenWords } from '../words.js';
import { emojiField } from './emoji-field.js';
import { expiryField } from './expiry-field.js';
import { colleagueView } from './preview.js';
import { toggle } from './toggle.js';

/**
 * @typedef {import('../bindings/Draft').Draft} Draft
 * @typedef {import('../bindings/DraftPreview').DraftPreview} DraftPreview
 * @typedef {import('../bindings/Invalid').Invalid} Invalid
 */

const TITLE_MAX = 50;
const MESSAGE_MAX = 1024;

/** Which field a problem belongs to. @type {Record<Invalid, 'emoji' | 'title' | 'message' | 'expiry'>} */
const FIELD_OF = {
  emoji_missing: 'emoji',
  emoji_not_emoji: 'emoji',
  title_missing: 'title',
  title_too_long: 'title',
  away_message_too_long: 'message',
  end_in_the_past: 'expiry',
  minutes_out_of_range: 'expiry',
  date_missing: 'expiry',
};

/**
 * Said as soon as they are true; the others only when the person wants to set the status.
 * @type {ReadonlySet<Invalid>}
 */
const SAID_AT_ONCE = new Set(
  /** @type {Invalid[]} */ ([
    'emoji_not_emoji',
    'title_too_long',
    'away_message_too_long',
    'end_in_the_past',
    'minutes_out_of_range',
  ]),
);

/** @param {string} testid */
function errorLine(testid) {
  const words = h('span');
  const element = h(
    'p',
    { class: 'field-error', id: uniqueId('error'), testid, hidden: true },
    icon('error'),
    words,
  );
  return {
    element,
    /** @param {Invalid | undefined} problem */
    say(problem) {
      show(element, problem !== undefined);
      if (problem) setText(words, t(`invalid-${problem}`));
    },
  };
}

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {{ draft: Draft, canAskDate?: boolean, onchange?: (draft: Draft) => void }} options
 */
export function draftForm(ctx, { draft: start, canAskDate = false, onchange }) {
  /** @type {Draft} */
  let draft = { ...start };
  /** @type {DraftPreview | null} */
  let preview = null;
  let strict = false;

  const emoji = emojiField({
    value: draft.emoji,
    onchange: (value) => change({ emoji: value }),
    onfail: () => ctx.toasts.show(t('emoji-failed'), { tone: 'error' }),
  });
  const titleError = errorLine('title-error');
  const counter = h('span', { class: 'counter', id: uniqueId('counter'), testid: 'title-counter' });
  const title = h('input', {
    class: 'field title-field',
    type: 'text',
    dir: 'auto',
    autocomplete: 'off',
    spellcheck: 'true',
    placeholder: t('composer-title-placeholder'),
    'aria-label': t('composer-title'),
    'aria-describedby': `${titleError.element.id} ${counter.id}`,
    testid: 'title-input',
    value: draft.title,
    oninput: () => change({ title: title.value }),
  });

  const expiryLabel = uniqueId('expiry');
  const expiryError = errorLine('expiry-error');
  const result = h('p', {
    class: 'expiry-result',
    id: uniqueId('result'),
    testid: 'expiry-result',
    'aria-live': 'polite',
  });
  const expiry = expiryField({
    value: draft.expiry,
    canAskDate,
    labelledby: expiryLabel,
    describedby: `${result.id} ${expiryError.element.id}`,
    morning: () => ctx.store.snapshot.settings.working_hours.start.slice(0, 5),
    onchange: (value) => change({ expiry: value }),
  });

  const awayLabel = uniqueId('away');
  const awayAbout = uniqueId('away-about');
  const away = toggle({
    labelledby: awayLabel,
    describedby: awayAbout,
    testid: 'away-switch',
    checked: draft.is_away,
    onchange: (is_away) => change({ is_away }),
  });
  const messageError = errorLine('message-error');
  const messageCounter = h('span', { class: 'counter', id: uniqueId('counter'), testid: 'message-counter' });
  const message = h('textarea', {
    class: 'field',
    dir: 'auto',
    rows: 2,
    placeholder: t('composer-message-placeholder'),
    'aria-label': t('composer-message'),
    'aria-describedby': `${messageError.element.id} ${messageCounter.id}`,
    testid: 'message-input',
    value: draft.away_message,
    oninput: () => change({ away_message: message.value }),
  });
  const insert = (
    /** @type {string} */ placeholder,
    /** @type {string} */ label,
    /** @type {string} */ testid,
  ) =>
    h('button', {
      class: 'chip chip-small',
      type: 'button',
      testid,
      text: label,
      title: placeholder,
      onclick: () => {
        const { selectionStart, selectionEnd } = message;
        message.setRangeText(placeholder, selectionStart, selectionEnd, 'end');
        message.focus();
        change({ away_message: message.value });
      },
    });
  const messageArea = h(
    'div',
    { class: 'message-area' },
    message,
    h(
      'div',
      { class: 'message-tools' },
      h('span', { class: 'hint', text: t('composer-insert') }),
      insert('{time}', t('composer-insert-time'), 'insert-time'),
      insert('{date}', t('composer-insert-date'), 'insert-date'),
      messageCounter,
    ),
    messageError.element,
  );
  const colleague = colleagueView();

  const element = h(
    'div',
    { class: 'draft' },
    h('div', { class: 'draft-title' }, emoji.element, h('div', { class: 'title-box' }, title, counter)),
    titleError.element,
    h(
      'div',
      { class: 'draft-part' },
      h('span', { class: 'part-label', id: expiryLabel, text: t('composer-expiry') }),
      expiry.element,
      result,
      expiryError.element,
    ),
    h(
      'div',
      { class: 'draft-part' },
      h(
        'div',
        { class: 'away-line' },
        h(
          'div',
          { class: 'row-words' },
          h('span', { class: 'part-label', id: awayLabel, text: t('composer-away') }),
          h('span', { class: 'row-about', id: awayAbout, text: t('composer-away-about') }),
        ),
        away.element,
      ),
      messageArea,
    ),
    colleague.element,
  );

  /** @param {Partial<Draft>} changes */
  function change(changes) {
    draft = { ...draft, ...changes };
    onchange?.(draft);
    draw();
    ask();
  }

  let asking = false;
  let again = false;
  let alive = true;
  /** One question at a time; the last draft always gets its answer. */
  async function ask() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      do {
        again = false;
        const asked = draft;
        const answer = await ctx.ipc.previewDraft(meant());
        if (!alive) return;
        if (asked === draft) preview = answer;
        draw();
      } while (again);
    } catch {
      // The preview is a courtesy; setting the status says what is wrong.
      preview = null;
      draw();
    } finally {
      asking = false;
    }
  }

  /** The draft as it would be set: a message that is not shown is not sent. @returns {Draft} */
  function meant() {
    return draft.is_away ? draft : { ...draft, away_message: '' };
  }

  /** @returns {Invalid[]} */
  function problems() {
    const list = preview?.problems ?? [];
    return expiry.mode === 'ask_date' ? list.filter((problem) => problem !== 'date_missing') : [...list];
  }

  function draw() {
    const length = codePoints(draft.title);
    setText(counter, t('composer-count', { count: length, limit: TITLE_MAX }));
    setAttr(counter, 'data-over', length > TITLE_MAX ? 'true' : null);
    const messageLength =
      preview && preview.away_message_length > 0
        ? preview.away_message_length
        : codePoints(draft.away_message);
    setText(messageCounter, t('composer-count', { count: messageLength, limit: MESSAGE_MAX }));
    setAttr(messageCounter, 'data-over', messageLength > MESSAGE_MAX ? 'true' : null);
    show(messageArea, draft.is_away);

    const said = problems().filter((problem) => strict || SAID_AT_ONCE.has(problem));
    const of = (/** @type {'emoji' | 'title' | 'message' | 'expiry'} */ field) =>
      said.find((problem) => FIELD_OF[problem] === field);
    const first = of('title') ?? of('emoji');
    titleError.say(first);
    setAttr(title, 'aria-invalid', of('title') ? 'true' : null);
    emoji.markInvalid(of('emoji') !== undefined);
    expiryError.say(of('expiry'));
    messageError.say(of('message'));
    setAttr(message, 'aria-invalid', of('message') ? 'true' : null);

    const words =
      draft.expiry.kind === 'never'
        ? t('composer-ends-never')
        : draft.expiry.kind === 'ask_date'
          ? t(canAskDate ? 'composer-ends-asked' : 'composer-ends-date-needed')
          : preview?.ends
            ? t('composer-ends', { when: whenWords(preview.ends) })
            : '\u00a0';
    setText(result, words);
    show(result, of('expiry') === undefined);
    colleague.update(ctx.store.snapshot.account?.name ?? '', draft, preview);
  }

  draw();
  ask();

  return {
    element,
    get draft() {
      return meant();
    },
    /** @param {Draft} next */
    set(next) {
      draft = {
        emoji: next.emoji,
        title: next.title,
        expiry: next.expiry,
        is_away: next.is_away,
        away_message: next.away_message,
      };
      strict = false;
      emoji.set(draft.emoji);
      title.value = draft.title;
      expiry.set(draft.expiry);
      draft.expiry = expiry.read();
      away.set(draft.is_away);
      message.value = draft.away_message;
      preview = null;
      onchange?.(draft);
      draw();
      return ask();
    },
    /** Asks again: time has passed, or settings have changed. */
    refresh: ask,
    focusTitle: () => title.focus(),
    focusExpiry: () => expiry.focus(),
    /**
     * @returns {Promise<boolean>} Whether it can be set; if not, the focus is where the first problem is.
     */
    async validate() {
      preview = await ctx.ipc.previewDraft(meant());
      strict = true;
      draw();
      const first = problems()[0];
      if (!first) {
        strict = false;
        return true;
      }
      const field = FIELD_OF[first];
      if (field === 'emoji') emoji.element.focus();
      else if (field === 'title') title.focus();
      else if (field === 'message') message.focus();
      else expiry.focus();
      return false;
    },
    destroy() {
      alive = false;
    },
  };
}
