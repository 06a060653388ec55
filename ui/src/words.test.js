import assert from 'node:assert/strict';
import { test } from 'node:test';

import { whenOf } from './ipc.mock.data.js';
import { isolate, speak, t, untilWords, whenWords } from './words.js';

test('Russian counts as Russians do', () => {
  speak('ru');
  assert.equal(t('presets-tray-count', { count: 1 }), 'В меню трея 1 заготовка');
  assert.equal(t('presets-tray-count', { count: 3 }), 'В меню трея 3 заготовки');
  assert.equal(t('presets-tray-count', { count: 11 }), 'В меню трея 11 заготовок');
  assert.equal(t('presets-tray-count', { count: 21 }), 'В меню трея 21 заготовка');
  assert.equal(t('duration-days', { days: 2 }), '2 дня');
  assert.equal(t('presets-imported', { added: 0, replaced: 5 }), 'Обновлено 5 заготовок');
});

test('a moment is said in the words of the day', () => {
  speak('ru');
  const now = new Date(2026, 10, 23, 12);
  assert.equal(whenWords(whenOf(new Date(2026, 10, 23, 18), now)), 'сегодня в 18:00');
  assert.equal(untilWords(whenOf(new Date(2026, 10, 24, 9), now)), 'до завтра, 09:00');
  assert.equal(untilWords(whenOf(new Date(2027, 0, 11, 9), now)), 'до 11 января 2027 г., 09:00');
  speak('en');
  assert.match(whenWords(whenOf(new Date(2026, 11, 1, 9), now)), /1 December/);
});

test('words that turn the direction are kept apart from the sentence', () => {
  assert.equal(isolate('Lunch'), 'Lunch');
  assert.equal(isolate('שלום'), '\u2068שלום\u2069');
  assert.equal(isolate('a\u202eb\u2069'), '\u2068ab\u2069');
});
