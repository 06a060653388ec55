/**
 * On every page: the token needs the person.
 */
import { show } from '../dom.js';
import { t } from '../words.js';
import { banner } from './banner.js';
import { button, during, setLabel } from './button.js';

/** States of the token that stop the main job. */
const NEEDS_PERSON = new Set(['rejected', 'several', 'locked', 'denied', 'no_service', 'slow']);
const KEYRING = new Set(['locked', 'denied', 'no_service', 'slow']);

/** @param {import('../session.js').Ctx} ctx */
export function tokenBanner(ctx) {
  const action = button({
    label: '',
    kind: 'plain',
    small: true,
    testid: 'banner-token-action',
    onclick: () => {
      if (!KEYRING.has(ctx.store.snapshot.token)) ctx.go('account');
      else
        during(action, () => ctx.ipc.retryKeyring(), {
          failed: ctx.fail,
        });
    },
  });
  const view = banner({ testid: 'banner-token', tone: 'warning', actions: [action] });
  view.element.classList.add('banner-wide');
  return {
    element: view.element,
    /**
     * @param {import('../bindings/Snapshot').Snapshot} snapshot
     * @param {import('../bindings/Page').Page} page
     */
    update(snapshot, page) {
      const { token } = snapshot;
      // The Account page says the same at length; «no keyring» stops nothing while a token works in memory.
      if (!NEEDS_PERSON.has(token) || page === 'account') {
        view.hide();
        return;
      }
      view.say(t(`token-${token}`));
      setLabel(action, t(KEYRING.has(token) ? 'window-try-again' : 'window-to-account'));
      show(action, token !== 'slow');
    },
  };
}
