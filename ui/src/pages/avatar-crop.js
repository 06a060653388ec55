/**
 * Cutting the avatar: the picture is moved and zoomed under a square by mouse, wheel, touch, slider and
 * keyboard.
 */
import { covering, cut, middle, scaleLimits, zoomed } from '../crop-math.js';
import { h, setAttr, setText, show } from '../dom.js';
import { explain, wasCancelled } from '../errors.js';
import { icon } from '../icons.js';
import { button, during } from '../parts/button.js';
import { openDialog } from '../parts/dialog.js';
import { t } from '../words.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/PictureView').PictureView} PictureView
 * @typedef {import('../bindings/AvatarView').AvatarView} AvatarView
 * @typedef {import('../crop-math.js').Stage} Stage
 * @typedef {import('../crop-math.js').Place} Place
 * @typedef {import('@cropper/element-image').default} CropperImage
 */

const STAGE = 296;
const MARGIN = 18;
const STEP = 12;
const SLIDER_STEPS = 100;

/**
 * @param {Ctx} ctx
 * @param {PictureView} picture
 * @param {{ ondone: (avatar: AvatarView) => void, another: () => void }} deeds
 */
export function openCropDialog(ctx, picture, { ondone, another }) {
  /** @type {Stage | null} */
  let stage = null;
  /** @type {Place} */
  let place = { scale: 1, x: 0, y: 0 };
  /** @type {CropperImage | null} */
  let shown = null;
  let uploading = false;

  const views = [
    h('canvas', {
      class: 'crop-view crop-view-round crop-view-40',
      width: 80,
      height: 80,
      testid: 'crop-preview-small',
      role: 'img',
      'aria-label': t('crop-small'),
    }),
    h('canvas', {
      class: 'crop-view crop-view-round',
      width: 240,
      height: 240,
      testid: 'crop-preview-round',
      role: 'img',
      'aria-label': t('crop-round'),
    }),
    h('canvas', {
      class: 'crop-view',
      width: 240,
      height: 240,
      testid: 'crop-preview-square',
      role: 'img',
      'aria-label': t('crop-square'),
    }),
  ];
  const help = h('p', { class: 'hint', id: 'crop-help', text: t('crop-help') });
  const canvas = h('div', {
    class: 'crop-stage',
    testid: 'crop-canvas',
    tabindex: 0,
    role: 'group',
    'aria-label': t('crop-stage'),
    'aria-describedby': 'crop-help',
    onkeydown: keys,
  });
  const slider = h('input', {
    class: 'slider',
    type: 'range',
    min: 0,
    max: SLIDER_STEPS,
    step: 1,
    value: '0',
    testid: 'zoom-slider',
    'aria-label': t('crop-zoom'),
    oninput: () => zoomTo(Number(slider.value) / SLIDER_STEPS),
  });
  const errorWords = h('span');
  const error = h(
    'p',
    { class: 'field-error', role: 'alert', testid: 'upload-error', hidden: true },
    icon('error'),
    errorWords,
  );
  const progress = h('progress', {
    class: 'progress',
    max: 1,
    value: 0,
    testid: 'upload-progress',
    'aria-label': t('crop-progress'),
    hidden: true,
  });
  const progressWords = h('span', { class: 'hint', 'aria-hidden': 'true' });
  const progressLine = h('div', { class: 'progress-line', hidden: true }, progress, progressWords);

  const upload = button({
    label: t('crop-upload'),
    kind: 'primary',
    testid: 'upload-button',
    onclick: () => send(),
  });
  const stop = button({
    label: t('crop-stop'),
    testid: 'cancel-upload',
    onclick: () => during(stop, () => ctx.ipc.cancelUpload(), { failed: () => undefined }),
  });
  const other = button({
    label: t('crop-another'),
    kind: 'quiet',
    testid: 'other-picture',
    onclick: () => {
      dialog.close();
      another();
    },
  });
  show(stop, false);

  const dialog = openDialog({
    title: t('crop-title'),
    testid: 'avatar-dialog',
    wide: true,
    content: [
      h(
        'div',
        { class: 'crop', testid: 'cropper' },
        h(
          'div',
          { class: 'crop-left' },
          canvas,
          h('label', { class: 'zoom' }, icon('picture', 'icon zoom-small'), slider, icon('picture', 'icon')),
          help,
        ),
        h(
          'div',
          { class: 'crop-right' },
          h('p', { class: 'part-label', text: t('crop-preview') }),
          h(
            'div',
            { class: 'crop-views' },
            ...views.map((view, index) =>
              h(
                'figure',
                {},
                view,
                h('figcaption', {
                  class: 'hint',
                  text: t(
                    /** @type {const} */ (['crop-small', 'crop-round', 'crop-square'])[index] ?? 'crop-small',
                  ),
                }),
              ),
            ),
          ),
        ),
      ),
      picture.was_animated ? h('p', { class: 'hint', text: t('crop-animated') }) : null,
      progressLine,
      error,
    ],
    actions: [other, stop, upload],
    canClose: () => {
      // Esc while it uploads stops the upload; the dialog stays, so that nothing chosen is lost.
      if (uploading) stop.click();
      return !uploading;
    },
    onclose: () => {
      void unlisten.then((end) => end());
    },
  });
  const unlisten = ctx.ipc.onUpload(({ sent, total }) => {
    if (!uploading || total === 0) return;
    const share = Math.min(1, sent / total);
    progress.value = share;
    setText(progressWords, t('crop-percent', { percent: Math.round(share * 100) }));
  });
  canvas.focus();
  void start();

  async function start() {
    try {
      const parts = await Promise.all([
        import('@cropper/element-canvas'),
        import('@cropper/element-handle'),
        import('@cropper/element-image'),
      ]);
      for (const { default: part } of parts) part.$define();
      const board = document.createElement('cropper-canvas');
      const image = /** @type {CropperImage} */ (document.createElement('cropper-image'));
      image.setAttribute('src', picture.preview);
      image.setAttribute('alt', t('crop-stage'));
      image.setAttribute('scalable', '');
      image.setAttribute('translatable', '');
      image.setAttribute('initial-center-size', 'contain');
      const handle = document.createElement('cropper-handle');
      handle.setAttribute('action', 'move');
      handle.setAttribute('plain', '');
      board.append(image, handle);
      canvas.append(board, h('span', { class: 'crop-mask', 'aria-hidden': 'true' }));
      const loaded = await image.$ready();
      shown = image;
      stage = {
        width: loaded.naturalWidth,
        height: loaded.naturalHeight,
        left: MARGIN,
        top: MARGIN,
        side: STAGE - 2 * MARGIN,
      };
      image.addEventListener('transform', (event) =>
        follow(/** @type {CustomEvent<{ matrix: number[] }>} */ (event)),
      );
      move(middle(stage), loaded);
      for (const view of views) view.dataset['ready'] = 'true';
    } catch (reason) {
      fail(reason);
    }
  }

  /**
   * cropperjs scales about the middle of the picture; ours is its top left corner.
   * @param {Place} to
   * @returns {number[]}
   */
  function matrixOf(to) {
    const { width, height } = /** @type {Stage} */ (stage);
    return [
      to.scale,
      0,
      0,
      to.scale,
      to.x - (width * (1 - to.scale)) / 2,
      to.y - (height * (1 - to.scale)) / 2,
    ];
  }

  /** @param {number[]} matrix */
  function placeOf(matrix) {
    const { width, height } = /** @type {Stage} */ (stage);
    const [scale = 1, , , , e = 0, f = 0] = matrix;
    return { scale, x: e + (width * (1 - scale)) / 2, y: f + (height * (1 - scale)) / 2 };
  }

  let moving = false;
  /** @param {CustomEvent<{ matrix: number[] }>} event A drag, the wheel or two fingers. */
  function follow(event) {
    if (moving || !stage) return;
    event.preventDefault();
    if (!uploading) move(covering(stage, placeOf(event.detail.matrix)));
  }

  /**
   * @param {Place} to
   * @param {HTMLImageElement} [source]
   */
  function move(to, source) {
    if (!stage || !shown) return;
    place = to;
    moving = true;
    shown.$setTransform(matrixOf(to));
    moving = false;
    const { min, max } = scaleLimits(stage);
    const share = max > min ? Math.log(to.scale / min) / Math.log(max / min) : 0;
    slider.value = String(Math.round(share * SLIDER_STEPS));
    slider.disabled = max <= min;
    if (source) drawn = source;
    requestAnimationFrame(draw);
  }

  /** @type {HTMLImageElement | null} */
  let drawn = null;
  function draw() {
    if (!stage || !drawn) return;
    const square = cut(stage, place, { width: stage.width, height: stage.height });
    for (const view of views) {
      const brush = view.getContext('2d');
      if (!brush) continue;
      brush.imageSmoothingQuality = 'high';
      brush.clearRect(0, 0, view.width, view.height);
      brush.drawImage(drawn, square.x, square.y, square.size, square.size, 0, 0, view.width, view.height);
    }
  }

  /** @param {number} share 0 to 1. */
  function zoomTo(share) {
    if (!stage) return;
    const { min, max } = scaleLimits(stage);
    move(zoomed(stage, place, min * (max / min) ** share));
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (!stage || uploading || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? STEP * 4 : STEP;
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const way = ways[event.key];
    if (way) move(covering(stage, { ...place, x: place.x + way[0], y: place.y + way[1] }));
    else if (event.key === '+' || event.key === '=') move(zoomed(stage, place, place.scale * 1.15));
    else if (event.key === '-') move(zoomed(stage, place, place.scale / 1.15));
    else return;
    event.preventDefault();
  }

  function send() {
    if (!stage) return;
    const square = cut(stage, place, picture);
    void during(
      upload,
      async () => {
        uploading = true;
        show(error, false);
        progress.value = 0;
        setText(progressWords, t('crop-percent', { percent: 0 }));
        show(progress, true);
        show(progressLine, true);
        show(stop, true);
        show(other, false);
        setAttr(canvas, 'aria-disabled', true);
        try {
          const avatar = await ctx.ipc.uploadAvatar({ picture: picture.id, ...square });
          uploading = false;
          dialog.close();
          ondone(avatar);
        } finally {
          uploading = false;
          show(progressLine, false);
          show(stop, false);
          show(other, true);
          setAttr(canvas, 'aria-disabled', null);
        }
      },
      { failed: (reason) => (wasCancelled(reason) ? ctx.toasts.announce(t('crop-stopped')) : fail(reason)) },
    ).then(() => {
      if (upload.isConnected) upload.focus();
    });
  }

  /** @param {unknown} reason */
  function fail(reason) {
    setText(errorWords, explain(reason).text);
    show(error, true);
  }
}
