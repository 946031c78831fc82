import type { FlagDelivery, FlagKilled } from '@slipway/contract';
import { setTimeout as pass } from 'node:timers/promises';
import { z } from 'zod';
import type { FlagsApi } from '../api/flags-api.ts';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { nearFlags } from '../flags/near-flags.ts';
import { flagKilledLines } from '../render/flag-answers.ts';
import type { Session } from '../session.ts';

const options = z.object({ reason: z.string().trim().min(1).max(1000), set: z.string().optional() });

/** How long to look whether clients have asked again, and how often, in milliseconds: the kill is in force before. */
const LOOK_FOR = 2_000;
const LOOK_EVERY = 100;

export function addKill(cli: Cli, name: 'kill' | 'unkill'): void {
  cli
    .verb(`${name} <flag>`, name, (session) => kill(session, name))
    .requiredOption('--reason <text>', cli.m.options.reason)
    .option('--set <set>', cli.m.options.setWhere);
}

async function kill(session: Session, name: 'kill' | 'unkill'): Promise<ExitCode> {
  const { reason, set } = session.options(options);
  const flag = session.argument(0);
  const { flags } = await connect(session);
  const where = set ?? (await onlySet(session, flags, flag));
  const killed = await flags[name](where, flag, reason);
  const told: FlagKilled = { ...killed, delivery: await arrived(flags, killed) };
  if (session.json) session.printJson(told);
  else session.print(flagKilledLines(told, session.pen()));
  return EXIT.ok;
}

async function onlySet(session: Session, flags: FlagsApi, flag: string): Promise<string> {
  const { flags: words } = session.m;
  const { sets } = await flags.sets(flag);
  const [first] = sets;
  if (first === undefined) {
    const near = await nearFlags(flags, flag);
    throw new Failure('not-found', near.length === 0 ? words.noSuchFlag(flag) : words.nearFlag(flag, near.join(', ')));
  }
  if (sets.length === 1) return first.set;
  throw new Failure('wrong-input', words.severalSets(flag, sets.map(({ set }) => set).join(', ')));
}

/** How far it has come once everybody who was told has asked again, or after a while. What cannot be asked is left as it was. */
async function arrived(flags: FlagsApi, { set, version, delivery }: FlagKilled): Promise<FlagDelivery | null> {
  let newest = delivery;
  for (let waited = 0; waited < LOOK_FOR && isOnItsWay(newest, version); waited += LOOK_EVERY) {
    await pass(LOOK_EVERY);
    const status = await flags.status(set).catch(() => null);
    if (status === null) return newest;
    newest = status.delivery;
  }
  return newest;
}

function isOnItsWay(delivery: FlagDelivery | null, version: number): boolean {
  return delivery !== null && delivery.version === version && delivery.fetched < delivery.told;
}
