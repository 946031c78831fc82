// Runs a script on the Node that package-lock.json pins, whatever Node the machine has:
//   node scripts/on-pinned-node.mjs scripts/test.ts unit
// Plain JavaScript for Node 20: this is the one file that runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const NEEDED_MAJOR = 24;

const [script, ...args] = process.argv.slice(2);
if (script === undefined) stop('Usage: node scripts/on-pinned-node.mjs <script> [arguments]');
installPackages();
run(findNode(), script, args);

/** Prints one line and ends with code 1. */
function stop(message) {
  console.error(message);
  process.exit(1);
}

function installPackages() {
  // A nested call must not install: it would pull the packages from under the one that waits for it.
  if (process.env.SLIPWAY_PACKAGES === 'ready' || packagesAreUpToDate()) return;
  console.error("Installing Slipway's packages (once)…");
  const npm = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    encoding: 'utf8',
    // npm must not run on the Node inside node_modules: `npm ci` deletes that folder first.
    env: { ...process.env, PATH: pathWithoutPackages() },
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return;
  console.error([npm.stdout, npm.stderr, npm.error?.message].filter(Boolean).join('\n').trim());
  stop('npm ci failed (above). Check the network and the registry that npm uses, then run the same command again.');
}

/** Compares what npm recorded as installed with package-lock.json; packages of other platforms may be absent. */
function packagesAreUpToDate() {
  const installed = readPackages(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const locked = readPackages(join(ROOT, 'package-lock.json'));
  if (locked === undefined) stop('package-lock.json is missing: restore it from git, then run the same command again.');
  return Object.entries(locked).every(([path, entry]) => {
    const found = installed[path];
    if (path === '') return true;
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity && found.link === entry.link;
  });
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function pathWithoutPackages() {
  const inPackages = (folder) => folder.replaceAll('\\', '/').includes('/node_modules/');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !inPackages(`${folder}/`))
    .join(delimiter);
}

/** The Node of the lock file or, on a platform that has no such package, the running one if it is new enough. */
function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(ROOT, 'node_modules', `node-${system}-${process.arch}`, 'bin', file);
  if (existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  return stop(
    `Slipway needs Node ${NEEDED_MAJOR} or newer and this is ${process.version}: install it from https://nodejs.org, then run the same command again.`,
  );
}

function run(node, file, rest) {
  const child = spawn(node, [resolve(ROOT, file), ...rest], {
    stdio: 'inherit',
    env: {
      ...process.env,
      SLIPWAY_PACKAGES: 'ready',
      PATH: [BIN, dirname(node), process.env.PATH].filter(Boolean).join(delimiter),
    },
  });
  // A terminal sends Ctrl-C to the child as well; sent twice, it would read as "stop at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  // npm, when it is told to end, ends its shell and leaves us running: that is seen only by the change of parent.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event !== undefined) setInterval(orphaned, 500).unref();
  child.on('error', (error) => stop(`Could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
