/**
 * Runs every `*.test.js`; Node 20 has no patterns of its own for that.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ui = fileURLToPath(new URL('..', import.meta.url));
const files = ['src', 'build', 'test'].flatMap((folder) =>
  readdirSync(join(ui, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.js'))
    .map((path) => join(folder, path)),
);
const { status } = spawnSync(
  process.execPath,
  ['--import', './test/setup.js', '--test', ...process.argv.slice(2), ...files.sort()],
  { cwd: ui, stdio: 'inherit' },
);
process.exit(status ?? 1);
