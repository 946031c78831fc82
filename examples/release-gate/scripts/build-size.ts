// node scripts/build-size.ts FOLDER FILE
// Compares the size of a build with that of the build before, which FILE holds in bytes. Ends with 1 where it is a quarter away.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', file = ''] = process.argv.slice(2);

try {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const size = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const before = Number(readFileSync(file, 'utf8'));
  if (!(before > 0)) throw new Error(`${file} holds no size`);
  if (Math.abs(size - before) > before / 4) throw new Error(`${size} bytes, where the build before had ${before}`);
  console.log(`${size} bytes; before: ${before}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
