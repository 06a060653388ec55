/**
 * Custom fields, each shown by its kind. A link is whatever a colleague typed: it is words until the person
 * has seen where it leads and Rust has let it through.
 */
import { h } from '../dom.js';
import { dateValue, numberValue } from '../formats.js';
import { button, during } from '../parts/button.js';
import { confirm } from '../parts/dialog.js';
import { fieldRow } from '../parts/field-row.js';
import { t } from '../words.js';

/**
 * @typedef {import('../session.js').Ctx} Ctx
 * @typedef {import('../bindings/CustomField').CustomField} CustomField
 */

/**
 * @param {Ctx} ctx
 * @param {CustomField} field
 */
export function customFieldRow(ctx, field) {
  const { value } = field;
  const filled = value !== null && value.trim() !== '';
  const testid = `custom-field-${field.id}`;
  const text = !filled
    ? t('profile-empty')
    : field.kind === 'date'
      ? dateValue(value)
      : field.kind === 'number'
        ? numberValue(value)
        : value;
  const content = h('span', {
    class: filled ? 'field-value' : 'field-value faint',
    dir: 'auto',
    testid,
    text,
  });
  return fieldRow(ctx, {
    label: field.name,
    name: testid,
    content,
    copy: filled ? value : null,
    actions: filled && field.kind === 'link' ? [linkButton(ctx, field.id, field.name, value)] : [],
  });
}

/**
 * @param {Ctx} ctx
 * @param {number} id
 * @param {string} name
 * @param {string} url
 */
function linkButton(ctx, id, name, url) {
  const element = button({
    label: t('link-open-what', { name }),
    icon: 'link',
    iconOnly: true,
    kind: 'quiet',
    small: true,
    testid: `open-link-${id}`,
    onclick: () =>
      during(
        element,
        async () => {
          const host = await ctx.ipc.inspectLink(url);
          const sure = await confirm({
            title: t('link-title'),
            testid: 'link-dialog',
            text: [
              h('p', { text: t('link-about') }),
              h('p', { class: 'link-host', testid: 'link-host', dir: 'ltr', text: host }),
              h('p', { class: 'hint mono link-address', dir: 'ltr', text: url }),
            ],
            confirm: t('link-open'),
          });
          if (sure) await ctx.ipc.openLink(url);
        },
        { failed: ctx.fail },
      ),
  });
  return element;
}
