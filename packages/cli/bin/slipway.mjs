#!/usr/bin/env node
// Runs on any Node from 20 on: finds the Node 24 that Slipway needs, which strips types by itself, and runs the command with it.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const here = dirname(realpathSync(fileURLToPath(import.meta.url)));
const main = join(here, '../src/main.ts');

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  await import(main);
} else {
  const node = pinnedNode(here);
  if (node === null) {
    console.error(
      `slipway: Node ${NEEDED} or newer is needed, this is ${process.versions.node}: run "npm install" in Slipway's folder, or update Node`,
    );
    process.exit(1);
  }
  runWith(node);
}

/** The pinned Node of the nearest node_modules above. */
function pinnedNode(folder) {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules/.bin/node');
    if (existsSync(candidate)) return realpathSync(candidate);
    if (dirname(at) === at) return null;
  }
}

function runWith(node) {
  // The PATH stays the team's: their app and their commands must run on their own Node.
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // A terminal sends Ctrl-C to the child as well.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.once('error', (error) => {
    console.error(`slipway: ${node} cannot be started: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}
