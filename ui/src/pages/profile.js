/**
 * The Profile page: everything the server tells about the person, and the avatar.
 */
import { h, show } from '../dom.js';
import { explain } from '../errors.js';
import { dateTime } from '../formats.js';
import { button, during } from '../parts/button.js';
import { card } from '../parts/card.js';
import { fieldRow } from '../parts/field-row.js';
import { pageFrame } from '../parts/page.js';
import { failure, skeletonRows } from '../parts/placeholder.js';
import { named, t } from '../words.js';
import { avatarCard } from './avatar.js';
import { customFieldRow } from './profile-fields.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/ProfileView').ProfileView} ProfileView
 * @typedef {import('../sentences').SentenceId} SentenceId
 */

/** @typedef {{ [I in SentenceId]: I extends `profile-field-${infer F}` ? F : never }[SentenceId]} Field */

/** @param {Ctx} ctx @returns {import('../session.js').PageView} */
export function profilePage(ctx) {
  const avatar = avatarCard(ctx);
  const groups = h('div', { class: 'stack', testid: 'profile-groups' });
  const skeleton = h(
    'div',
    { class: 'stack', testid: 'profile-skeleton', 'aria-hidden': 'true' },
    skeletonRows(3),
    skeletonRows(4),
  );
  const trouble = failure({ testid: 'profile-error', retry: () => load() });
  const refresh = button({
    label: t('profile-refresh'),
    icon: 'refresh',
    kind: 'plain',
    testid: 'refresh-profile',
    onclick: () => during(refresh, load, { done: true }),
  });
  const nobody = h(
    'div',
    { class: 'hero', hidden: true },
    h('span', { class: 'emoji hero-emoji', 'aria-hidden': 'true', text: '🪪' }),
    h('p', { class: 'hero-title', text: t('profile-nobody') }),
    h('p', { class: 'hero-about', text: t('profile-nobody-about') }),
    button({ label: t('status-connect'), kind: 'primary', onclick: () => ctx.go('account') }),
  );
  const content = h('div', { class: 'stack' }, avatar.element, trouble.element, skeleton, groups);
  const element = pageFrame(
    { title: t('page-profile'), about: t('profile-about'), actions: [refresh] },
    nobody,
    content,
  );

  let loadedFor = '';
  let loading = false;
  async function load() {
    if (loading || !ctx.store.snapshot.account) return;
    loading = true;
    trouble.hide();
    show(skeleton, groups.childElementCount === 0);
    const who = accountKey(ctx.store.snapshot);
    try {
      const [profile] = await Promise.all([ctx.ipc.profile(), avatar.load()]);
      if (who !== accountKey(ctx.store.snapshot)) return;
      groups.replaceChildren(...profileGroups(ctx, profile));
      avatar.person(profile);
      loadedFor = who;
    } catch (error) {
      trouble.say(explain(error).text);
    } finally {
      loading = false;
      show(skeleton, false);
    }
  }

  return {
    element,
    update(snapshot) {
      const who = accountKey(snapshot);
      const there = snapshot.account !== null;
      show(nobody, !there);
      show(content, there);
      show(refresh, there);
      if (loadedFor !== '' && who !== loadedFor) {
        // Another person: nothing of the former may stay on the page.
        loadedFor = '';
        groups.replaceChildren();
        avatar.forget();
        if (there && !element.hidden) void load();
      }
    },
    shown() {
      if (loadedFor === '') void load();
    },
    destroy: avatar.destroy,
  };
}

/** @param {import('../bindings/Snapshot').Snapshot} snapshot */
function accountKey({ account }) {
  return account ? `${account.id.origin}#${account.id.user_id}` : '';
}

/**
 * @param {Ctx} ctx
 * @param {ProfileView} profile
 * @returns {HTMLElement[]}
 */
function profileGroups(ctx, profile) {
  /**
   * @param {Field} field
   * @param {string | null} value
   * @param {{ copy?: boolean, mono?: boolean }} [options]
   */
  const line = (field, value, { copy = true, mono = false } = {}) => {
    const filled = value !== null && value.trim() !== '';
    const label = t(`profile-field-${field}`);
    return fieldRow(ctx, {
      label,
      name: field,
      copy: filled && copy ? value : null,
      content: h('span', {
        class: [filled ? 'field-value' : 'field-value faint', mono ? 'mono' : ''].join(' ').trim(),
        dir: 'auto',
        testid: `profile-${field}`,
        text: filled ? value : t('profile-empty'),
      }),
    });
  };
  const yesNo = (/** @type {boolean} */ yes) => t(yes ? 'profile-yes' : 'profile-no');
  const moment = (/** @type {string | null} */ iso) => (iso === null ? null : dateTime(new Date(iso)) || iso);

  const zone = line('time_zone', profile.time_zone);
  if (profile.computer_zone_differs !== null) {
    zone.append(
      h('p', {
        class: 'row-hint',
        testid: 'zone-hint',
        text: t('profile-zone-differs', { zone: profile.computer_zone_differs }),
      }),
    );
  }
  const tags =
    profile.tags.length > 0
      ? h(
          'ul',
          { class: 'tags', testid: 'profile-tags' },
          ...profile.tags.map((tag) => h('li', { class: 'badge', dir: 'auto', text: tag })),
        )
      : h('span', { class: 'field-value faint', testid: 'profile-tags', text: t('profile-empty') });

  const groups = [
    card(
      { title: t('profile-group-contact') },
      line('nickname', profile.nickname),
      line('email', profile.email),
      line('phone_number', profile.phone_number),
    ),
    card(
      { title: t('profile-group-work') },
      line('title', profile.title),
      line('department', profile.department),
      line('role', named('role', profile.role), { copy: false }),
      fieldRow(ctx, {
        label: t('profile-field-tags'),
        name: 'tags',
        copy: profile.tags.length > 0 ? profile.tags.join(', ') : null,
        content: tags,
      }),
    ),
  ];
  if (profile.custom_fields.length > 0 || profile.definitions_missing) {
    groups.push(
      card(
        {
          title: t('profile-group-custom'),
          description: profile.definitions_missing ? t('profile-definitions-missing') : undefined,
        },
        ...(profile.custom_fields.length > 0
          ? profile.custom_fields.map((field) => customFieldRow(ctx, field))
          : [h('p', { class: 'card-note faint', text: t('profile-empty') })]),
      ),
    );
  }
  groups.push(
    card(
      { title: t('profile-group-account') },
      line('id', String(profile.id), { mono: true }),
      zone,
      line('last_activity_at', moment(profile.last_activity_at), { copy: false }),
      line('created_at', moment(profile.created_at), { copy: false }),
      line('invite_status', named('invite', profile.invite_status), { copy: false }),
      line('inviter_id', profile.inviter_id === null ? null : String(profile.inviter_id), { mono: true }),
      line('sso', yesNo(profile.sso), { copy: false }),
      line('bot', yesNo(profile.bot), { copy: false }),
    ),
  );
  return groups;
}
