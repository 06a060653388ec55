import assert from 'node:assert/strict';
import { test } from 'node:test';

import { acceleratorKeys, acceleratorOf } from './accelerator.js';
import { contrast, parseRgb, wordsOnAccent } from './accent.js';

test('an accent on which nothing can be read is not taken over', () => {
  assert.equal(wordsOnAccent([53, 132, 228], [255, 255, 255]), null);
  assert.equal(wordsOnAccent([28, 113, 216], [255, 255, 255]), '#ffffff');
  assert.equal(wordsOnAccent([255, 255, 0], [255, 255, 255]), null);
  assert.equal(wordsOnAccent([255, 214, 10], [39, 39, 44]), '#000000');
});

test('colours are read as the web view writes them', () => {
  assert.deepEqual(parseRgb('rgb(1, 2, 3)'), [1, 2, 3]);
  assert.equal(parseRgb('rgba(1, 2, 3, 0.5)'), null);
  assert.equal(Math.round(contrast([0, 0, 0], [255, 255, 255])), 21);
});

test('a shortcut is what was pressed, whatever the keyboard layout', () => {
  const keys = { ctrlKey: true, altKey: false, shiftKey: true, metaKey: false };
  assert.equal(acceleratorOf({ ...keys, code: 'KeyS' }), 'Ctrl+Shift+S');
  assert.equal(acceleratorOf({ ...keys, code: 'ControlLeft' }), null);
  assert.equal(
    acceleratorOf({ ...keys, ctrlKey: false, code: 'KeyS' }),
    null,
    'a capital letter is for typing',
  );
  assert.equal(
    acceleratorOf({ ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, code: 'F9' }),
    'F9',
  );
  assert.deepEqual(acceleratorKeys('CmdOrCtrl+Shift+S', true), ['⌘', '⇧', 'S']);
});
