// node scripts/build.ts VERSION FOLDER
// Builds the pages of a version into a folder, in the place of the team's own build.
import { cpSync, mkdirSync, rmSync } from 'node:fs';

const [version = '', folder = ''] = process.argv.slice(2);

try {
  if (!/^\d+\.\d+\.\d+$/.test(version) || folder === '') throw new Error('give a version and a folder');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(new URL(`../../shop/releases/${version}.json`, import.meta.url), `${folder}/release.json`);
  console.log(`${version} in ${folder}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
