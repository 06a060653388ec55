/**
 * Opens the bridge, takes the first snapshot and draws the window.
 */
import { App } from './app.js';
import { h } from './dom.js';
import { openIpc } from './ipc.js';
import { button } from './parts/button.js';
import { t } from './words.js';

async function start() {
  const ipc = await openIpc();
  const [snapshot, page] = await Promise.all([ipc.snapshot(), ipc.initialPage()]);
  const app = new App(ipc, snapshot, page);
  document.body.replaceChildren(app.element);
  document.documentElement.dataset.ready = 'true';
  performance.mark('ready');
  // After the first drawing: a snapshot that comes in between is asked for once more.
  await ipc.onSnapshot((next) => app.store.replace(next));
  await ipc.onNavigate((to) => app.go(to));
  app.store.replace(await ipc.snapshot());
}

start().catch((error) => {
  console.error(error);
  if (document.documentElement.dataset.ready === 'true') return;
  document.body.replaceChildren(
    h(
      'main',
      { class: 'hero', role: 'alert' },
      h('p', { class: 'hero-about', text: t('window-error-internal') }),
      button({ label: t('window-try-again'), kind: 'primary', onclick: () => window.location.reload() }),
    ),
  );
});
