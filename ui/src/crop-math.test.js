import assert from 'node:assert/strict';
import { test } from 'node:test';

import { covering, cut, middle, scaleLimits, zoomed } from './crop-math.js';

const upright = { width: 3000, height: 2000 };
const stage = { width: 1500, height: 1000, left: 18, top: 18, side: 260 };

test('the first cut is the largest square in the middle', () => {
  assert.deepEqual(cut(stage, middle(stage), upright), { x: 500, y: 0, size: 2000 });
});

test('wherever the picture is pulled, the cut stays inside of it', () => {
  for (let seed = 1; seed < 4000; seed += 7) {
    const random = (/** @type {number} */ salt) => ((Math.sin(seed * salt) * 10_000) % 1) * 5000;
    const { x, y, size } = cut(
      stage,
      covering(stage, { scale: Math.abs(random(3)) / 1000, x: random(5), y: random(7) }),
      upright,
    );
    assert.ok(
      x >= 0 && y >= 0 && size >= 1 && x + size <= upright.width && y + size <= upright.height,
      `${seed}: ${x} ${y} ${size}`,
    );
  }
});

test('zooming keeps the middle of the square where it is', () => {
  const before = cut(stage, middle(stage), upright);
  const after = cut(stage, zoomed(stage, middle(stage), middle(stage).scale * 2), upright);
  assert.equal(after.size, before.size / 2);
  assert.ok(Math.abs(after.x + after.size / 2 - (before.x + before.size / 2)) <= 1);
});

test('a tiny picture is cut whole and cannot be zoomed', () => {
  const tiny = { ...stage, width: 16, height: 16 };
  const { min, max } = scaleLimits(tiny);
  assert.equal(min, max);
  assert.deepEqual(cut(tiny, middle(tiny), { width: 16, height: 16 }), { x: 0, y: 0, size: 16 });
});
