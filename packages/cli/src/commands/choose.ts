import type { LaunchView, ScenarioView } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { shortDigest } from '../render/short-digest.ts';
import type { Session } from '../session.ts';
import { chooseActive } from './choose-launch.ts';
import { deliver } from './send-command.ts';

const options = z.object({
  reason: z.string().max(2000).default(''),
  facts: z.string().min(4).max(100).optional(),
});

/** Chooses one of the scenarios that the plan offers, on the proposal that is there now. */
export function addChoose(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('choose <scenario>', 'choose', choose)
    .option('--reason <text>', words.reason)
    .option('--facts <digest>', words.facts)
    .option('--launch <id>', words.launch);
}

async function choose(session: Session): Promise<ExitCode> {
  const scenario = session.argument(0);
  const { reason, facts } = session.options(options);
  const api = await connect(session);
  const view = await api.launch(await chooseActive(session, api));
  const basis = findBasis(session, view, scenario);
  if (facts !== undefined && !shortDigest(basis.digest).startsWith(shortDigest(facts)))
    throw new Failure('conflict', session.m.vote.otherFacts(shortDigest(basis.digest)));
  return deliver(session, api, {
    launch: view.id,
    command: { type: 'choose', scenario, reason, basis: basis.seq },
    said: session.m.scenarios.counted(scenario),
  });
}

function findBasis(session: Session, { scenario: view }: LaunchView, name: string): NonNullable<ScenarioView['basis']> {
  const { scenarios } = session.m;
  if (view === undefined) throw new Failure('not-found', scenarios.none);
  const names = view.offer.map((each) => each.name);
  if (!names.includes(name)) throw new Failure('not-found', scenarios.unknown(name, names.join(', ')));
  if (view.basis === null) throw new Failure('not-now', scenarios.tooEarly);
  return view.basis;
}
