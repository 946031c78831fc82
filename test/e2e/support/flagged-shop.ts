import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationKeyCreated, LaunchView } from '@slipway/contract';
import { runVisitors, type VisitorReport } from '../../../examples/shop/visitors.ts';
import { type Said, slipway } from './command-line.ts';
import { copyExample } from './example-folder.ts';
import { FlagClient, type FlagContext } from './flag-client.ts';
import { freePort, RealServer } from './real-server.ts';

export const FLAG = 'one-click';
export const PERSON = 'rita@shop.example';
export const SET = 'shop.production';

/** The example of a rollout by flag as it stands in its folder, but for its ports and with shorter holds, with the shop in production and visitors who pay. */
export interface FlaggedShop extends AsyncDisposable {
  readonly folder: string;
  readonly server: RealServer;
  readonly flags: FlagClient;
  /** The `slipway` command in the example's folder. */
  slipway(...argv: readonly string[]): Promise<Said>;
  /** Starts launch.yaml, changed first where the test needs another one. */
  launch(change?: (plan: string) => string): Promise<LaunchView>;
  /** They come until this is called, or all is disposed of. */
  leave(): Promise<VisitorReport>;
}

const EXAMPLE = 'flag-rollout';
/** Checkouts a second. */
const RATE = 100;

/** `version`: of the shop; 2.1.0 has a new checkout that fails for gift cards. */
export async function openFlaggedShop(version: '2.1.0' | '2.2.0'): Promise<FlaggedShop> {
  await using stack = new AsyncDisposableStack();
  const { folder } = stack.use(copyExample(EXAMPLE));
  const [port, router] = [await freePort(), await freePort()];
  for (const plan of ['first-launch.yaml', 'launch.yaml'])
    adapt(join(folder, plan), { 7070: port, 8080: router, 'hold: 5s': 'hold: 2s', 'hold: 6s': 'hold: 3s' }, version);

  const server = new RealServer(folder, { SLIPWAY_PERSON: PERSON }, { port });
  await server.start();
  stack.defer(() => server.stop(SET));
  const command = (...argv: readonly string[]) => slipway({ folder, environment: { SLIPWAY_PERSON: PERSON } }, ...argv);
  await done(command('flags', 'apply', 'flags/shop.json', '--set', SET, '--create'));
  const key = await createKey(command);
  writeFileSync(join(folder, 'flags.key'), key, { mode: 0o600 });
  await done(command('start', 'first-launch.yaml'));

  const leaving = new AbortController();
  const visits = runVisitors({
    url: `http://127.0.0.1:${router}`,
    ratePerSecond: RATE,
    signal: leaving.signal,
    staff: 0.1,
    beta: 0.2,
    only: 'checkout',
  });
  const leave = async () => (leaving.abort(), await visits);
  stack.defer(async () => void (await leave()));
  const held = stack.move();
  return {
    folder,
    server,
    flags: new FlagClient(() => server.url, key),
    slipway: command,
    launch: (change = String) => server.launch(change(readFileSync(join(folder, 'launch.yaml'), 'utf8')), version),
    leave,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** People with and without what the plan's segments look for. */
export function people(count: number): readonly FlagContext[] {
  return Array.from({ length: count }, (_, index) => {
    const targetingKey = `person-${index}`;
    if (index % 50 === 0) return { targetingKey, email: `${index}@shop.example` };
    return index % 20 === 1 ? { targetingKey, beta: true } : { targetingKey, email: `${index}@elsewhere.example` };
  });
}

function adapt(file: string, changes: Readonly<Record<string, string | number>>, version: string): void {
  let text = readFileSync(file, 'utf8').replaceAll('2.2.0', version);
  for (const [from, to] of Object.entries(changes)) text = text.replaceAll(from, String(to));
  writeFileSync(file, text);
}

type Command = FlaggedShop['slipway'];

async function createKey(command: Command): Promise<string> {
  const { out } = await done(command('flags', 'keys', 'create', SET, '--kind', 'server', '--json'));
  return (JSON.parse(out) as EvaluationKeyCreated).key;
}

/** Throws with what it said where a command fails. */
async function done(said: Promise<Said>): Promise<Said> {
  const answer = await said;
  if (answer.code !== 0) throw new Error(answer.said);
  return answer;
}
