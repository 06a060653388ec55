/**
 * The Diagnostics page: why does it not work? Each line with a verdict and a remedy.
 */
import { h, setText, show } from '../dom.js';
import { explain } from '../errors.js';
import { icon } from '../icons.js';
import { button, during } from '../parts/button.js';
import { card } from '../parts/card.js';
import { copyText } from '../parts/copy.js';
import { pageFrame } from '../parts/page.js';
import { failure, skeletonRows } from '../parts/placeholder.js';
import { quitButton } from '../parts/quit-button.js';
import { hasWords, t, whenWords } from '../words.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/Diagnostics').Diagnostics} Diagnostics
 * @typedef {import('../bindings/DiagnosticLine').DiagnosticLine} DiagnosticLine
 * @typedef {import('../bindings/RequestLine').RequestLine} RequestLine
 * @typedef {import('../bindings/Verdict').Verdict} Verdict
 */

/** @type {Record<Verdict, import('../icons.js').IconName>} */
const MARKS = { good: 'check', limited: 'warning', bad: 'error', unknown: 'question' };

/** Where each line can be mended. @type {Record<string, import('../bindings/Page').Page>} */
const PAGE_OF_LINE = { server: 'preferences', token: 'account', scopes: 'account', keyring: 'account' };

/** @param {Ctx} ctx @returns {import('../session.js').PageView} */
export function diagnosticsPage(ctx) {
  const trouble = failure({ testid: 'diagnostics-error', retry: () => load() });
  const run = button({
    label: t('diagnostics-run'),
    icon: 'refresh',
    testid: 'run-diagnostics',
    onclick: () => during(run, load, { done: true }),
  });
  const report = button({
    label: t('diagnostics-copy'),
    icon: 'copy',
    testid: 'copy-report',
    onclick: () =>
      during(
        report,
        async () => {
          await copyText(ctx.ipc.diagnosticsReport());
          ctx.toasts.show(t('diagnostics-copied'));
        },
        {
          done: true,
          failed: (error) =>
            ctx.toasts.show(error instanceof Error ? t('window-copy-failed') : explain(error).text, {
              tone: 'error',
            }),
        },
      ),
  });
  const summary = h('p', { class: 'verdict', role: 'status' });
  const lines = h('ul', { class: 'list' });
  const skeleton = skeletonRows(6);
  const linesCard = h('div', { class: 'card', hidden: true }, lines);
  const body = h('tbody');
  const table = h(
    'table',
    { class: 'table requests', testid: 'requests-table' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col', text: t('requests-method') }),
        h('th', { scope: 'col', text: t('requests-status') }),
        h('th', { scope: 'col', text: t('requests-time') }),
        h('th', { scope: 'col', text: t('requests-when') }),
      ),
    ),
    body,
  );
  const none = h('p', { class: 'card-note faint', text: t('requests-none') });
  const requests = card(
    { title: t('requests-heading') },
    h(
      'div',
      { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': t('requests-heading') },
      table,
    ),
    none,
  );
  const versions = h('dl', { class: 'facts facts-wide', testid: 'versions' });
  const about = card(
    { title: t('about-heading') },
    h(
      'div',
      { class: 'card-pad about', testid: 'about' },
      h('p', { class: 'about-name', text: t('window-name') }),
      h('p', { text: t('about-independent') }),
      h('p', { class: 'hint', text: t('about-licence') }),
      h('p', { class: 'hint', text: t('about-privacy') }),
      versions,
      h('div', { class: 'button-row' }, quitButton(ctx, { small: true, testid: 'quit-button' })),
    ),
  );
  const element = pageFrame(
    { title: t('page-diagnostics'), about: t('diagnostics-about'), actions: [report, run] },
    trouble.element,
    h('section', { class: 'group', 'aria-label': t('page-diagnostics') }, summary, skeleton, linesCard),
    requests,
    about,
  );

  async function load() {
    trouble.hide();
    try {
      const found = await ctx.ipc.diagnostics();
      draw(found);
    } catch (error) {
      trouble.say(explain(error).text);
    } finally {
      show(skeleton, false);
    }
  }

  /** @param {Diagnostics} found */
  function draw(found) {
    const bad = found.lines.filter((line) => line.verdict === 'bad').length;
    const limited = found.lines.filter((line) => line.verdict === 'limited').length;
    setText(
      summary,
      bad > 0
        ? t('diagnostics-summary-bad', { count: bad })
        : limited > 0
          ? t('diagnostics-summary-limited', { count: limited })
          : t('diagnostics-summary-good'),
    );
    lines.replaceChildren(...found.lines.map((line) => diagnosticRow(ctx, line)));
    show(linesCard, true);
    body.replaceChildren(...found.requests.map(requestRow));
    show(table, found.requests.length > 0);
    show(none, found.requests.length === 0);
    versions.replaceChildren(
      ...found.versions.flatMap(([name, version]) => [
        h('dt', { text: name }),
        h('dd', { class: 'selectable', text: version }),
      ]),
    );
  }

  return {
    element,
    update() {},
    shown() {
      void load();
    },
  };
}

/**
 * @param {Ctx} ctx
 * @param {DiagnosticLine} line
 */
function diagnosticRow(ctx, line) {
  const what = `diagnostics-${line.id}`;
  const name = hasWords(what) ? t(what) : line.id;
  const id = `diagnostics-${line.id}-${line.outcome}`;
  const found = hasWords(id) ? t(id, { detail: (line.detail ?? '').replace(/^-/, '') }) : line.outcome;
  const page = line.verdict === 'good' ? undefined : PAGE_OF_LINE[line.id];
  return h(
    'li',
    {
      class: `list-row diagnostic diagnostic-${line.verdict}`,
      testid: `diagnostic-${line.id}`,
      'data-verdict': line.verdict,
    },
    icon(MARKS[line.verdict], 'icon diagnostic-mark'),
    h('span', { class: 'visually-hidden', text: t(`verdict-${line.verdict}`) }),
    h(
      'div',
      { class: 'list-words' },
      h('span', { class: 'list-title', text: name }),
      h('span', { class: 'list-about', dir: 'auto', text: found }),
      line.detail === null || line.id === 'clock'
        ? null
        : h('span', { class: 'list-about mono selectable', dir: 'auto', text: line.detail }),
    ),
    page
      ? button({
          label: t(`window-to-${/** @type {'account' | 'preferences'} */ (page)}`),
          small: true,
          onclick: () => ctx.go(page),
        })
      : null,
  );
}

/**
 * @param {RequestLine} request
 * @param {number} index
 */
function requestRow(request, index) {
  const good = request.status !== null && request.status < 400;
  const outcome =
    request.status === null
      ? request.failure === null
        ? t('requests-no-answer')
        : t(`request-failure-${request.failure}`)
      : String(request.status);
  return h(
    'tr',
    { testid: `request-${index}` },
    h(
      'td',
      {},
      h('span', { class: 'mono block', text: `${request.method} ${request.path}` }),
      request.request_id === null
        ? null
        : h('span', {
            class: 'mono block faint selectable request-id',
            title: t('window-request-id'),
            text: request.request_id,
          }),
    ),
    h('td', {}, h('span', { class: good ? 'badge badge-good' : 'badge badge-bad', text: outcome })),
    h('td', { class: 'number', text: t('requests-ms', { ms: request.milliseconds }) }),
    h('td', { text: whenWords(request.at) }),
  );
}
