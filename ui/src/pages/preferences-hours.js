/**
 * Working hours and days: what «the end of the working day» and «the next working morning» mean.
 */
import { h, setAttr, show } from '../dom.js';
import { card, row } from '../parts/card.js';
import { timeField } from '../parts/time-field.js';
import { language, t } from '../words.js';

/** @typedef {import('../bindings/WorkingHours').WorkingHours} WorkingHours */

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/**
 * @param {import('../session.js').Ctx} ctx
 * @param {(patch: import('../bindings/SettingsPatch').SettingsPatch) => void} change
 */
export function workingHoursCard(ctx, change) {
  const now = () => ctx.store.snapshot.settings.working_hours;
  /** @param {'start' | 'end'} field */
  const time = (field) =>
    timeField({
      testid: `hours-${field}`,
      label: t(`preferences-hours-${field}`),
      onchange: (value) => change({ working_hours: { ...now(), [field]: `${value}:00` } }),
    });
  const start = time('start');
  const end = time('end');

  const short = new Intl.DateTimeFormat(language(), { weekday: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' });
  const days = Array.from({ length: 7 }, (_, index) => {
    const day = new Date(MONDAY + index * DAY_MS);
    const element = h('button', {
      class: 'chip day',
      type: 'button',
      testid: `day-${index}`,
      text: short.format(day),
      'aria-label': `${short.format(day)}, ${long.format(day)}`,
      onclick: () => {
        const next = /** @type {WorkingHours['days']} */ ([...now().days]);
        next[index] = !next[index];
        change({ working_hours: { ...now(), days: next } });
      },
    });
    return element;
  });
  const everyDay = h('p', { class: 'card-note hint', text: t('preferences-days-none'), hidden: true });
  const overnight = h('p', { class: 'card-note hint', text: t('preferences-hours-overnight'), hidden: true });

  const element = card(
    { title: t('preferences-hours'), description: t('preferences-hours-about') },
    row({
      label: t('preferences-hours-time'),
      control: h(
        'div',
        { class: 'hours' },
        start.element,
        h('span', { 'aria-hidden': 'true', text: '–' }),
        end.element,
      ),
    }),
    row({
      label: t('preferences-hours-days'),
      control: (ids) => h('div', { class: 'chips', role: 'group', 'aria-labelledby': ids.label }, ...days),
    }),
    overnight,
    everyDay,
  );
  return {
    element,
    /** @param {WorkingHours} hours */
    update(hours) {
      start.value = hours.start.slice(0, 5);
      end.value = hours.end.slice(0, 5);
      days.forEach((day, index) => setAttr(day, 'aria-pressed', hours.days[index] === true));
      show(everyDay, !hours.days.includes(true));
      show(overnight, hours.end <= hours.start);
    },
  };
}
