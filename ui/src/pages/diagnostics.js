import { pageFrame } from '../parts/page.js';
import { t } from '../words.js';

/** @param {import('../session.js').Ctx} _ctx @returns {import('../session.js').PageView} */
export function diagnosticsPage(_ctx) {
  return { element: pageFrame({ title: t('page-diagnostics') }), update() {} };
}
