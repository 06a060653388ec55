/**
 * What the token may do: have, missing, and what each scope unlocks.
 */
import { h, setAttr, setText, show } from '../dom.js';
import { icon } from '../icons.js';
import { banner } from '../parts/banner.js';
import { card } from '../parts/card.js';
import { t } from '../words.js';

/** @typedef {import('../bindings/Scope').Scope} Scope */

/** In the order a person meets what they unlock. @type {readonly Scope[]} */
export const SCOPES = [
  'profile_status:write',
  'profile_status:read',
  'profile:read',
  'profile_avatar:write',
  'custom_properties:read',
];

/**
 * `profile_status:write` as `profile-status-write`.
 * @template {string} S
 * @typedef {S extends `${infer A}:${infer B}` ? `${Dashed<A>}-${Dashed<B>}`
 *   : S extends `${infer A}_${infer B}` ? `${A}-${Dashed<B>}` : S} Dashed
 */

/**
 * @template {Scope} S
 * @param {S} scope
 * @returns {Dashed<S>}
 */
export function scopeId(scope) {
  return /** @type {Dashed<S>} */ (scope.replaceAll(/[_:]/g, '-'));
}

/**
 * @param {Scope} scope
 * @returns {string} What it unlocks.
 */
export function scopeWords(scope) {
  return t(`scope-${scopeId(scope)}`);
}

/** More names than this say no more. */
const NAMED = 5;

/** @param {readonly string[]} scopes */
function named(scopes) {
  return scopes.slice(0, NAMED).join(', ') + (scopes.length > NAMED ? ', …' : '');
}

export function scopesTable() {
  const rows = SCOPES.map((scope) => {
    const words = h('span');
    const badge = h('span', { class: 'badge' });
    const mark = h('span', { class: 'badge-mark' });
    badge.append(mark, words);
    const element = h(
      'tr',
      { testid: `scope-${scopeId(scope)}` },
      h(
        'th',
        { scope: 'row' },
        h('span', { class: 'scope-words', text: scopeWords(scope) }),
        h('code', { class: 'mono faint', text: scope }),
      ),
      h('td', {}, badge),
    );
    return {
      element,
      /** @param {boolean} have */
      update(have) {
        setText(words, t(have ? 'scopes-have' : 'scopes-missing'));
        badge.className = have ? 'badge badge-good' : 'badge badge-bad';
        if (element.getAttribute('data-have') !== String(have))
          mark.replaceChildren(icon(have ? 'check' : 'close'));
        setAttr(element, 'data-have', String(have));
      },
    };
  });
  const note = h('p', { class: 'card-note hint', text: t('scopes-how') });
  const more = banner({ testid: 'scopes-more', tone: 'warning' });
  const table = h(
    'table',
    { class: 'table', testid: 'scopes-table' },
    h(
      'thead',
      { class: 'visually-hidden' },
      h(
        'tr',
        {},
        h('th', { scope: 'col', text: t('scopes-unlocks') }),
        h('th', { scope: 'col', text: t('scopes-state') }),
      ),
    ),
    h('tbody', {}, ...rows.map((row) => row.element)),
  );
  return {
    element: h(
      'div',
      { class: 'stack-small' },
      more.element,
      card({ title: t('scopes-heading') }, table, note),
    ),
    /**
     * @param {readonly string[]} scopes On the token.
     * @param {readonly Scope[]} missing
     */
    update(scopes, missing) {
      SCOPES.forEach((scope, index) =>
        rows[index]?.update(scopes.includes(scope) && !missing.includes(scope)),
      );
      show(
        note,
        SCOPES.some((scope) => !scopes.includes(scope) || missing.includes(scope)),
      );
    },
    /** @param {readonly string[]} unneeded Scopes of the token that nothing here uses. */
    warn(unneeded) {
      if (unneeded.length === 0) more.hide();
      else more.say(t('scopes-more', { scopes: named(unneeded) }), t('scopes-more-about'));
    },
  };
}
