import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StorageError } from '@slipway/engine';
import { reasonOf } from '@slipway/provider-kit';
import { pino } from 'pino';
import { readFlagOptions } from './flags/serving-options.ts';
import { readHookKeys } from './hooks/hook-keys.ts';
import { parseAddress } from './local/address.ts';
import { DEFAULT_LISTEN, STOP_GRACE } from './local/defaults.ts';
import { policyOf } from './plans/policy.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { openStorage } from './storage/open-storage.ts';
import { exportToFile, importFromFile } from './storage/transfer.ts';

const { values } = parseArgs({
  options: {
    listen: { type: 'string', default: DEFAULT_LISTEN },
    data: { type: 'string', default: '.slipway' },
    workspace: { type: 'string', default: '.' },
    ephemeral: { type: 'boolean', default: false },
    'log-level': { type: 'string', default: 'info' },
    policy: { type: 'string' },
    // SENDER=env:NAME or SENDER=file:PATH, as often as there are secrets.
    hook: { type: 'string', multiple: true },
    'flag-sync': { type: 'string' },
    'flag-sync-cert': { type: 'string' },
    'flag-sync-key': { type: 'string' },
    'flag-sync-insecure': { type: 'boolean' },
    'flag-requests': { type: 'string' },
    'flag-streams': { type: 'string' },
    // Instead of serving, with nothing else running on the data: writes the state to a file, or fills an empty server from one.
    export: { type: 'string' },
    move: { type: 'boolean', default: false },
    import: { type: 'string' },
  },
});

if (values.export !== undefined || values.import !== undefined) {
  await transfer();
  process.exit(0);
}
const server = await start();
const ended = Promise.withResolvers<void>();
process.once('SIGTERM', () => ended.resolve());
process.once('SIGINT', () => ended.resolve());
// Whoever started an ephemeral server holds its standard input: when that ends, so does the server.
if (values.ephemeral) process.stdin.resume().once('end', () => ended.resolve());
await ended.promise;
await server.stop(values.ephemeral ? 0 : STOP_GRACE);
process.exit(0);

/** Says on standard output, as one line of JSON, what was done. */
async function transfer(): Promise<void> {
  try {
    const storage = await openStorage({
      dataDirectory: resolve(values.data),
      databaseUrl: process.env['DATABASE_URL'],
    });
    const { export: to, import: from, move } = values;
    if (to !== undefined) await exportToFile(storage, { file: resolve(to), move });
    const imported = from === undefined ? null : await importFromFile(storage, resolve(from));
    await storage.close();
    process.stdout.write(`${JSON.stringify(imported ?? { exported: to, moved: move })}\n`);
  } catch (error) {
    fail(error instanceof StorageError ? error.message : reasonOf(error));
  }
}

async function start(): Promise<RunningServer> {
  const listen = parseAddress(values.ephemeral ? '127.0.0.1:0' : values.listen);
  if (listen === null) fail(`--listen ${values.listen} is not an address: write 7070 or 127.0.0.1:7070`);
  const logger = pino({ level: values.ephemeral ? 'silent' : values['log-level'] }, pino.destination(2));
  try {
    const running = await startServer({
      listen,
      workspace: resolve(values.workspace),
      dataDirectory: values.ephemeral ? null : resolve(values.data),
      logger,
      ...(values.policy === undefined ? {} : { policyFile: await soundPolicy(resolve(values.policy)) }),
      ...(await readFlagOptions(values)),
      ...(values.hook === undefined ? {} : { hookKeys: await readHookKeys(values.hook, process.env) }),
      environment: process.env,
    });
    process.stdout.write(
      `${JSON.stringify({ url: running.url, ...said(running), ...(values.ephemeral ? { token: running.token } : {}) })}\n`,
    );
    return running;
  } catch (error) {
    return fail(error instanceof StorageError ? error.message : reasonOf(error));
  }
}

/** Said now, and not to whoever starts the first launch. Rejects where it cannot be read or is wrong. */
async function soundPolicy(file: string): Promise<string> {
  await policyOf({ policyFile: file }, file);
  return file;
}

function said({ flagSyncPort }: RunningServer): { readonly flagSyncPort?: number } {
  return flagSyncPort === null ? {} : { flagSyncPort };
}

function fail(message: string): never {
  process.stderr.write(`slipway-server: ${message}\n`);
  process.exit(1);
}
