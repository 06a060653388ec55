/**
 * Ends the app, not only the window.
 */
import { t } from '../words.js';
import { button, during } from './button.js';

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {Pick<import('./button.js').ButtonOptions, 'kind' | 'small' | 'testid'>} look
 */
export function quitButton(ctx, look) {
  const element = button({
    ...look,
    label: t('window-quit'),
    onclick: () => during(element, () => ctx.ipc.quit(), { failed: ctx.fail }),
  });
  return element;
}
