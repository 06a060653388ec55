import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  codePoints,
  dateValue,
  durationWords,
  numberValue,
  parseTime,
  timeLeft,
  timeWords,
} from './formats.js';
import { speak } from './words.js';

test('lengths of time are said shortly', () => {
  speak('ru');
  assert.equal(durationWords(45), '45 мин');
  assert.equal(durationWords(90), '1,5 ч');
  assert.equal(durationWords(140), '2 ч 20 мин');
  assert.equal(durationWords(2880), '2 дня');
  assert.equal(durationWords(1500), '1 день 1 ч');
});

test('what is left never says more than there is and never says zero', () => {
  speak('en');
  const now = Date.parse('2026-11-23T12:00:00Z');
  assert.equal(timeLeft('2026-11-23T12:00:00Z', now), null);
  assert.equal(timeLeft('2026-11-23T12:00:30Z', now)?.words, 'less than a minute');
  const left = timeLeft('2026-11-23T12:36:10Z', now);
  assert.equal(left?.words, '37 min left');
  assert.equal(timeLeft('2026-11-23T12:36:10Z', now + Number(left?.next))?.words, '36 min left');
});

test('a birthday is the same day everywhere', () => {
  speak('en');
  assert.match(dateValue('1990-05-17T00:00:00.000Z'), /17/);
  assert.match(dateValue('1990-05-17'), /17/);
  assert.equal(dateValue('1990-02-30'), '1990-02-30');
  assert.equal(dateValue('some day'), 'some day');
});

test('only what is a plain number is grouped', () => {
  speak('ru');
  assert.equal(numberValue('104822').replace(/\s/g, ' '), '104 822');
  assert.equal(numberValue('007'), '007');
  assert.equal(numberValue('1e9'), '1e9');
  assert.equal(numberValue('twelve'), 'twelve');
});

test('characters are code points', () => {
  assert.equal(codePoints('🎉'.repeat(50)), 50);
  assert.equal(codePoints('🏖️'), 2);
});

test('a time is understood however it is written, and written as the language does', () => {
  for (const [text, time] of [
    ['18:00', '18:00'],
    ['9', '09:00'],
    ['9.30', '09:30'],
    ['0930', '09:30'],
    ['930', '09:30'],
    [' 7 45 ', '07:45'],
    ['6 pm', '18:00'],
    ['12:15 a.m.', '00:15'],
    ['12 PM', '12:00'],
  ])
    assert.equal(parseTime(String(text)), time, text);
  for (const text of ['', '24:00', '12:60', '13 pm', '0 am', 'noon', '1:2', '-1'])
    assert.equal(parseTime(text), null, text);
  speak('ru');
  assert.equal(timeWords('18:00'), '18:00');
  assert.equal(timeWords('09:05'), '09:05');
  speak('en');
  assert.equal(parseTime(timeWords('18:05')), '18:05');
});
