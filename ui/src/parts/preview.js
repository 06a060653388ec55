/**
 * The status as a colleague sees it: beside the name, and as the answer of somebody who is away.
 */
import { h, setText, show } from '../dom.js';
import { initials } from '../formats.js';
import { t, untilWords } from '../words.js';

export function colleagueView() {
  const face = h('span', { class: 'face', 'aria-hidden': 'true' });
  const name = h('span', { class: 'preview-name', dir: 'auto' });
  const emoji = h('span', { class: 'emoji' });
  const title = h('span', { class: 'preview-title', dir: 'auto' });
  const until = h('span', { class: 'preview-until' });
  const message = h('p', { class: 'preview-message', dir: 'auto', testid: 'preview-message' });
  const answer = h(
    'div',
    { class: 'preview-answer' },
    h('span', { class: 'preview-caption', text: t('preview-answers') }),
    message,
  );
  const element = h(
    'figure',
    { class: 'preview', testid: 'preview' },
    h('figcaption', { class: 'preview-caption', text: t('preview-caption') }),
    h(
      'div',
      { class: 'preview-line' },
      face,
      h(
        'div',
        { class: 'preview-words' },
        h('div', { class: 'preview-who' }, name, emoji),
        h('div', { class: 'preview-what' }, title, until),
      ),
    ),
    answer,
  );
  return {
    element,
    /**
     * @param {string} who
     * @param {import('../bindings/Draft').Draft} draft
     * @param {import('../bindings/DraftPreview').DraftPreview | null} preview
     */
    update(who, draft, preview) {
      setText(face, initials(who));
      setText(name, who || t('preview-you'));
      setText(emoji, draft.emoji);
      setText(title, draft.title.trim() || t('preview-no-title'));
      title.classList.toggle('faint', draft.title.trim() === '');
      setText(until, preview?.ends ? untilWords(preview.ends) : '');
      const words = preview?.away_message ?? '';
      show(answer, draft.is_away);
      setText(message, words || t('preview-no-message'));
      message.classList.toggle('faint', words === '');
    },
  };
}
