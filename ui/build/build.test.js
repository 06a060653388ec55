import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { bundleSize } from './bundle-size.js';
import { withEveryLanguage } from './emoji-data.js';
import { withoutInlineStyles } from './picker-csp.js';
import { windowWords } from './window-words.js';

const require = createRequire(import.meta.url);

test('the picker we bundle sets no inline style', () => {
  const code = withoutInlineStyles(readFileSync(require.resolve('emoji-picker-element/picker.js'), 'utf8'));
  assert.doesNotMatch(code, / style="|createElement\('style'\)/);
  assert.match(code, /adoptedStyleSheets/);
});

test('a picker that has changed fails the build instead of the policy', () => {
  assert.throws(() => withoutInlineStyles('class Picker {}'), /has changed/);
});

test('an emoji is found by the words of every language', () => {
  const data = (/** @type {string} */ language) =>
    JSON.parse(readFileSync(require.resolve(`emoji-picker-element-data/${language}/cldr/data.json`), 'utf8'));
  const merged = withEveryLanguage(data('ru'), [data('en')]);
  const burger = merged.find((emoji) => emoji.emoji === '🍔');
  assert.ok(burger?.tags?.includes('hamburger') || burger?.tags?.includes('burger'));
  assert.match(burger?.annotation ?? '', /[а-я]/);
});

test('no word of an emoji is lost, and none is said twice', () => {
  const own = [
    {
      emoji: '🍜',
      annotation: 'миска лапши',
      tags: ['лапша', 'миска', 'суп рамен'],
      shortcodes: ['miska_lapshi'],
    },
    { emoji: '🆕', annotation: 'новое' },
  ];
  const other = [
    {
      emoji: '🍜',
      annotation: 'steaming bowl',
      tags: ['noodle', 'Ramen', 'bowl'],
      shortcodes: ['steaming_bowl'],
    },
  ];
  assert.deepEqual(withEveryLanguage(own, [other]), [
    {
      emoji: '🍜',
      annotation: 'миска лапши',
      tags: ['лапша', 'суп', 'рамен', 'miska', 'lapshi', 'noodle', 'ramen', 'bowl', 'steaming'],
    },
    { emoji: '🆕', annotation: 'новое', tags: [] },
  ]);
});

test('emoji data is counted apart', () => {
  assert.deepEqual(
    bundleSize([
      { fileName: 'a.js', size: 10 },
      { fileName: 'b.css', size: 5 },
      { fileName: 'emoji-ru.json', size: 900 },
    ]),
    { code: 15, data: 900 },
  );
});

test('the window carries its own sentences and not the tray’s', () => {
  const words = windowWords(
    '# c\ntray-x = a\nwhen = { $day ->\n    [today] b\n   *[other] c\n}\npreset-away-title = d\n' +
      'preset-edit = e\n\nmenu-y = { $n ->\n    [one] f\n   *[other] g\n}\nz = h\n',
  );
  assert.equal(words, 'when = { $day ->\n    [today] b\n   *[other] c\n}\npreset-edit = e\nz = h\n');
});
