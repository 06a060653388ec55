/**
 * The avatar: seen as it is, chosen, dropped or pasted, removed, and put back.
 */
import { h, setText, show } from '../dom.js';
import { explain, wasCancelled } from '../errors.js';
import { initials } from '../formats.js';
import { button, during } from '../parts/button.js';
import { confirm } from '../parts/dialog.js';
import { failure } from '../parts/placeholder.js';
import { t } from '../words.js';
import { openCropDialog } from './avatar-crop.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/AvatarView').AvatarView} AvatarView
 * @typedef {import('../bindings/PictureView').PictureView} PictureView
 */

/** More than Rust takes anyway; larger files are not even handed over. */
const BYTES_MAX = 10 * 1024 * 1024;

/** @param {Ctx} ctx */
export function avatarCard(ctx) {
  const image = h('img', {
    class: 'avatar-image',
    alt: t('avatar-alt'),
    testid: 'avatar-image',
    hidden: true,
    draggable: 'false',
  });
  const letters = h('span', { class: 'avatar-letters', 'aria-hidden': 'true' });
  const name = h('p', { class: 'avatar-name', dir: 'auto', testid: 'profile-name' });
  const about = h('p', { class: 'avatar-about', dir: 'auto' });
  const badges = h('div', { class: 'tags' });
  const trouble = failure({ testid: 'picture-error' });
  const failed = (/** @type {unknown} */ error) => {
    if (!wasCancelled(error)) trouble.say(explain(error).text);
  };

  const choose = button({
    label: t('avatar-choose'),
    icon: 'picture',
    testid: 'choose-picture',
    onclick: () => {
      trouble.hide();
      return during(
        choose,
        async () => {
          const picture = await ctx.ipc.choosePicture();
          if (picture) crop(picture);
        },
        { failed },
      );
    },
  });
  const remove = button({
    label: t('avatar-remove'),
    icon: 'trash',
    kind: 'quiet',
    testid: 'remove-avatar',
    onclick: async () => {
      trouble.hide();
      const sure = await confirm({
        title: t('avatar-remove-title'),
        text: [h('p', { text: t('avatar-remove-about') })],
        confirm: t('avatar-remove'),
        danger: true,
      });
      if (!sure) return;
      await during(
        remove,
        async () => {
          draw(await ctx.ipc.removeAvatar());
          ctx.toasts.show(t('avatar-removed'), { action: putBack });
          choose.focus();
        },
        { failed },
      );
    },
  });
  const undo = button({
    label: t('avatar-undo'),
    icon: 'undo',
    kind: 'quiet',
    testid: 'undo-avatar',
    onclick: () => during(undo, bringBack, { failed }),
  });
  const putBack = { label: t('window-undo'), run: () => void during(undo, bringBack, { failed }) };
  async function bringBack() {
    draw(await ctx.ipc.undoAvatar());
    ctx.toasts.announce(t('avatar-undone'));
    choose.focus();
  }

  const curtain = h('div', { class: 'drop-curtain', hidden: true }, h('span', { text: t('avatar-drop') }));
  const element = h(
    'section',
    { class: 'card avatar-card', testid: 'drop-zone', 'aria-label': t('avatar-heading') },
    h('div', { class: 'avatar-face' }, letters, image),
    h(
      'div',
      { class: 'avatar-words' },
      name,
      about,
      badges,
      h('div', { class: 'button-row' }, choose, remove, undo),
      h('p', { class: 'hint', text: t('avatar-hint') }),
    ),
    curtain,
  );
  const whole = h('div', { class: 'stack-small' }, element, trouble.element);

  /** @param {AvatarView} avatar */
  function draw(avatar) {
    if (avatar.image === null) image.removeAttribute('src');
    else if (image.getAttribute('src') !== avatar.image) image.src = avatar.image;
    show(image, avatar.image !== null);
    show(letters, avatar.image === null);
    show(remove, avatar.image !== null);
    show(undo, avatar.can_undo);
    setText(
      choose.querySelector('.button-label') ?? choose,
      t(avatar.image === null ? 'avatar-choose' : 'avatar-change'),
    );
  }

  /** @param {PictureView} picture */
  function crop(picture) {
    openCropDialog(ctx, picture, {
      ondone: (avatar) => {
        draw(avatar);
        ctx.toasts.show(t('avatar-uploaded'), { action: putBack });
      },
      another: () => choose.click(),
    });
  }

  /** @param {Blob | null | undefined} file */
  async function take(file) {
    if (!file) return;
    trouble.hide();
    if (file.size > BYTES_MAX) {
      trouble.say(t('error-picture_too_large', { detail: '', token: '' }));
      return;
    }
    await during(
      choose,
      async () => crop(await ctx.ipc.loadPicture(new Uint8Array(await file.arrayBuffer()))),
      { failed },
    );
  }

  const inFront = () =>
    element.closest('.page') instanceof HTMLElement &&
    !(/** @type {HTMLElement} */ (element.closest('.page')).hidden) &&
    !document.querySelector('dialog[open]') &&
    ctx.store.snapshot.account !== null;
  const carriesFile = (/** @type {DragEvent} */ event) =>
    event.dataTransfer?.types.includes('Files') ?? false;
  let depth = 0;
  const listeners = /** @type {const} */ ({
    dragenter: (/** @type {DragEvent} */ event) => {
      if (!inFront() || !carriesFile(event)) return;
      depth += 1;
      show(curtain, true);
    },
    dragleave: () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) show(curtain, false);
    },
    drop: (/** @type {DragEvent} */ event) => {
      depth = 0;
      show(curtain, false);
      if (!inFront()) return;
      event.preventDefault();
      void take(event.dataTransfer?.files[0]);
    },
    keydown: (/** @type {KeyboardEvent} */ event) => {
      // WebKit on Linux tells only what can be written to of a paste, and nothing of the picture.
      const pastes =
        event.code === 'KeyV' &&
        (event.ctrlKey || event.metaKey) &&
        !event.altKey &&
        !event.shiftKey &&
        !event.repeat;
      if (!pastes || !inFront() || document.activeElement?.matches('input, textarea')) return;
      trouble.hide();
      void during(
        choose,
        async () => {
          const picture = await ctx.ipc.pastePicture();
          if (picture) crop(picture);
        },
        { failed },
      );
    },
    paste: (/** @type {ClipboardEvent} */ event) => {
      if (!inFront()) return;
      const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith('image/'));
      if (!file) return;
      event.preventDefault();
      void take(file);
    },
  });
  for (const [type, listener] of Object.entries(listeners))
    document.addEventListener(type, /** @type {EventListener} */ (listener));

  draw({ image: null, can_undo: false });
  return {
    element: whole,
    async load() {
      try {
        draw(await ctx.ipc.avatar());
      } catch (error) {
        failed(error);
      }
    },
    /** @param {import('../bindings/ProfileView').ProfileView} profile */
    person(profile) {
      const full = [profile.first_name, profile.last_name].filter(Boolean).join(' ') || profile.nickname;
      setText(name, full);
      setText(letters, initials(full));
      const words = [profile.title, profile.department]
        .filter((text) => text !== null && text !== '')
        .join(' · ');
      setText(about, words);
      show(about, words !== '');
      badges.replaceChildren(
        ...(profile.suspended ? [h('span', { class: 'badge badge-bad', text: t('profile-suspended') })] : []),
        ...(profile.bot ? [h('span', { class: 'badge', text: t('profile-is-bot') })] : []),
      );
      show(badges, badges.childElementCount > 0);
    },
    /** Another person is connected. */
    forget() {
      draw({ image: null, can_undo: false });
      setText(name, '');
      setText(about, '');
      setText(letters, '');
      trouble.hide();
    },
    destroy() {
      for (const [type, listener] of Object.entries(listeners))
        document.removeEventListener(type, /** @type {EventListener} */ (listener));
    },
  };
}
