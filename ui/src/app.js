/**
 * The window's frame: sidebar, pages, keyboard, theme and language.
 */
import { adoptSystemAccent } from './accent.js';
import { h, setAttr, setText, show } from './dom.js';
import { explain, explainFailure } from './errors.js';
import { icon } from './icons.js';
import { accountPage } from './pages/account.js';
import { diagnosticsPage } from './pages/diagnostics.js';
import { preferencesPage } from './pages/preferences.js';
import { presetsPage } from './pages/presets.js';
import { profilePage } from './pages/profile.js';
import { statusLine } from './pages/status-banners.js';
import { statusPage } from './pages/status.js';
import { tokenBanner } from './parts/token-banner.js';
import { closePopover } from './parts/popover.js';
import { Toasts } from './parts/toasts.js';
import { Session } from './session.js';
import { Store } from './store.js';
import { speak, t } from './words.js';

/**
 * @typedef {import('./bindings/Page').Page} Page
 * @typedef {import('./bindings/Snapshot').Snapshot} Snapshot
 * @typedef {import('./session.js').Ctx} Ctx
 * @typedef {import('./session.js').PageView} PageView
 */

/** In the order of the sidebar, Ctrl+1 to Ctrl+6. @type {readonly Page[]} */
export const PAGES = ['status', 'presets', 'profile', 'account', 'preferences', 'diagnostics'];

/** @type {Record<Page, (ctx: Ctx) => PageView>} */
const CREATE = {
  status: statusPage,
  presets: presetsPage,
  profile: profilePage,
  account: accountPage,
  preferences: preferencesPage,
  diagnostics: diagnosticsPage,
};

const darkness = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;

export class App {
  /**
   * @param {import('./ipc.js').Ipc} ipc
   * @param {Snapshot} snapshot
   * @param {Page} page
   */
  constructor(ipc, snapshot, page) {
    this.ipc = ipc;
    this.store = new Store(snapshot);
    this.session = new Session();
    /** @type {Page} */
    this.page =
      snapshot.account === null && page === 'status' && snapshot.token === 'missing'
        ? 'account'
        : (this.session.page ?? page);
    this.element = h('div', { class: 'app' });
    /** @type {Map<Page, PageView>} */
    this.views = new Map();
    this.build();
    this.store.subscribe((next, before) => {
      if (next.lang !== before.lang) this.build();
      else this.update();
      if (next.compose && !before.compose) this.go('status');
      this.tell(next, before);
    });
    this.onKey = this.onKey.bind(this);
    document.addEventListener('keydown', this.onKey);
    document.addEventListener('contextmenu', (event) => {
      // A window of the system has no «reload» menu; fields keep theirs for pasting.
      if (!(event.target instanceof Element) || !event.target.closest('input, textarea, .selectable'))
        event.preventDefault();
    });
    // A file dropped beside the drop zone would replace the window by itself.
    for (const type of ['dragover', 'drop'])
      document.addEventListener(type, (event) => event.preventDefault());
    darkness?.addEventListener('change', () => this.applyTheme());
  }

  /** Draws everything anew, in the language of the snapshot. */
  build() {
    for (const view of this.views.values()) view.destroy?.();
    this.views.clear();
    closePopover();
    const { lang } = this.store.snapshot;
    speak(lang);
    document.documentElement.lang = lang;
    this.toasts = new Toasts();
    /** @type {Ctx} */
    this.ctx = {
      ipc: this.ipc,
      store: this.store,
      toasts: this.toasts,
      session: this.session,
      fail: (error) => void this.toasts?.show(explain(error).text, { tone: 'error' }),
      go: (to) => this.go(to),
    };
    this.links = new Map(PAGES.map((page, index) => [page, this.navLink(page, index)]));
    this.accountName = h('span', { class: 'chip-name', dir: 'auto' });
    this.accountState = h('span', { class: 'chip-state' });
    this.accountDot = h('span', { class: 'dot' });
    this.banner = tokenBanner(this.ctx);
    this.main = h('main', { id: 'main', class: 'main', tabindex: -1 }, this.banner.element);
    this.element.replaceChildren(
      h('a', {
        class: 'skip-link',
        href: '#main',
        testid: 'skip-link',
        text: t('window-skip-to-content'),
        onclick: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.main?.focus();
        },
      }),
      h(
        'nav',
        { class: 'sidebar', testid: 'sidebar', 'aria-label': t('window-pages') },
        h(
          'div',
          { class: 'brand' },
          h('span', { class: 'brand-mark', 'aria-hidden': 'true' }),
          h('span', { class: 'brand-name', text: t('window-name') }),
        ),
        h('ul', { class: 'nav' }, ...[...this.links.values()].map((link) => h('li', {}, link))),
        h(
          'button',
          {
            class: 'account-chip',
            type: 'button',
            testid: 'account-chip',
            onclick: () => this.go('account'),
          },
          this.accountDot,
          h('span', { class: 'chip-words' }, this.accountName, this.accountState),
        ),
      ),
      this.main,
      this.toasts.element,
      this.toasts.announcer,
    );
    this.showPage();
    this.update();
  }

  /**
   * @param {Page} page
   * @param {number} index
   */
  navLink(page, index) {
    return h(
      'button',
      {
        class: 'nav-link',
        type: 'button',
        testid: `nav-${page}`,
        title: t(`page-${page}`),
        'aria-keyshortcuts': `Control+${index + 1}`,
        onclick: () => this.go(page),
      },
      icon(page),
      h('span', { class: 'nav-words', text: t(`page-${page}`) }),
    );
  }

  /** @param {Page} page */
  go(page) {
    if (page === this.page) return;
    this.page = page;
    this.session.page = page;
    closePopover();
    this.showPage();
    // Remembering the page is a courtesy: if it fails, nothing is lost that the person would miss.
    this.ipc.changeSettings({ page }).catch(() => undefined);
    this.toasts?.announce(t(`page-${page}`));
  }

  showPage() {
    if (!this.main || !this.ctx) return;
    const { page } = this;
    let view = this.views.get(page);
    if (!view) {
      view = CREATE[page](this.ctx);
      setAttr(view.element, 'data-testid', `page-${page}`);
      this.views.set(page, view);
      this.main.append(view.element);
      view.update(this.store.snapshot);
    }
    for (const [name, { element }] of this.views) show(element, name === page);
    for (const [name, link] of this.links ?? []) setAttr(link, 'aria-current', name === page ? 'page' : null);
    setAttr(this.main, 'data-page', page);
    this.main.scrollTop = 0;
    document.title = `${t(`page-${page}`)} · ${t('window-name')}`;
    view.shown?.();
  }

  update() {
    const { snapshot } = this.store;
    for (const view of this.views.values()) view.update(snapshot);
    this.banner?.update(snapshot, this.page);
    const { account } = snapshot;
    if (this.accountName && this.accountState && this.accountDot) {
      setText(this.accountName, account ? account.name || t('account-unnamed') : t('window-not-connected'));
      const state = linkState(snapshot);
      setText(this.accountState, t(`window-link-${state}`));
      setAttr(this.accountDot, 'class', `dot dot-${state}`);
    }
    this.applyTheme();
  }

  /**
   * What became of a click is said on the Status page; on another page, where the click may have been, in a
   * toast.
   * @param {Snapshot} next
   * @param {Snapshot} before
   */
  tell(next, before) {
    if (this.page === 'status') return;
    const action = { label: t('page-status'), run: () => this.go('status') };
    if (next.problem && next.problem.at !== before.problem?.at)
      this.toasts?.show(explainFailure(next.problem.failure).text, { tone: 'error', action });
    else if (next.pending?.phase === 'waiting' && before.pending?.phase !== 'waiting')
      this.toasts?.show(t('pending-waiting-title', { status: statusLine(next.pending.wanted) }), {
        tone: 'info',
        action,
      });
  }

  applyTheme() {
    const { theme } = this.store.snapshot.settings;
    const dark = theme === 'dark' || (theme === 'system' && darkness?.matches === true);
    const next = dark ? 'dark' : 'light';
    if (document.documentElement.dataset.theme === next) return;
    document.documentElement.dataset.theme = next;
    adoptSystemAccent();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && !event.shiftKey) {
      const page = PAGES[Number(event.key) - 1];
      if (page && !document.querySelector('dialog[open]')) {
        event.preventDefault();
        this.go(page);
      } else if (event.key === ',' && !document.querySelector('dialog[open]')) {
        event.preventDefault();
        this.go('preferences');
      } else if (event.code === 'KeyQ') {
        event.preventDefault();
        this.ipc.quit().catch(() => undefined);
      } else if (event.code === 'KeyW') {
        event.preventDefault();
        this.ipc.closeWindow().catch(() => undefined);
      }
      return;
    }
    // Popovers and dialogs take their Esc before it gets here; an input method takes it to drop its
    // composition.
    if (
      event.key === 'Escape' &&
      !event.defaultPrevented &&
      !event.isComposing &&
      !document.querySelector('dialog[open]')
    ) {
      event.preventDefault();
      this.ipc.closeWindow().catch(() => undefined);
    }
  }

  destroy() {
    document.removeEventListener('keydown', this.onKey);
    for (const view of this.views.values()) view.destroy?.();
  }
}

/**
 * @param {Snapshot} snapshot
 * @returns {'none' | 'unknown' | 'online' | 'trouble' | 'paused' | 'attention'}
 */
export function linkState(snapshot) {
  if (!snapshot.account) return 'none';
  if (
    snapshot.token === 'rejected' ||
    snapshot.token === 'locked' ||
    snapshot.token === 'denied' ||
    snapshot.token === 'several'
  )
    return 'attention';
  return snapshot.link.kind;
}
