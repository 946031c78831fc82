// Makes the package @slipway/judge as it is published: JavaScript, types, and a package.json that names them.
//   npm run build --workspace packages/judge && npm publish packages/judge/dist
// Node strips types only outside of node_modules, so sources would not run there. The workspace goes on using them: what is published
// lies in a folder of its own, and the package.json of the sources stays private.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'packages/judge');

/** Keys of the sources' package.json that are published as they are. */
const KEPT = ['name', 'version', 'description', 'keywords', 'license', 'type', 'sideEffects', 'engines'];

const out = resolve(process.argv[2] ?? join(PACKAGE, 'dist'));
rmSync(out, { recursive: true, force: true });
compile(out);
for (const file of ['README.md', 'LICENSE']) copyFileSync(join(PACKAGE, file), join(out, file));
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);

/** Only what the index reaches: no test, no fixture. Throws where a type is wrong. */
function compile(folder: string): void {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '--project', join(PACKAGE, 'tsconfig.build.json'), '--outDir', folder];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
}

function manifest(): object {
  const sources: object = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const kept = Object.entries(sources).filter(([key]) => KEPT.includes(key));
  return { ...Object.fromEntries(kept), exports: { '.': { types: './index.d.ts', default: './index.js' } } };
}
