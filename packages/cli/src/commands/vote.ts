import type { LaunchView, WaitingFor } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { shortDigest } from '../render/short-digest.ts';
import type { Session } from '../session.ts';
import { chooseActive } from './choose-launch.ts';
import { deliver } from './send-command.ts';

type Basis = NonNullable<WaitingFor['basis']>;

const options = z.object({ reason: z.string().max(2000).default(''), facts: z.string().min(4).max(100).optional() });
/** A NO-GO without a reason helps nobody. */
const withReason = z.object({ reason: z.string().trim().min(1) });

export function addApprove(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('approve <step>', 'approve', (session) => vote(session, 'go'))
    .option('--reason <text>', words.reason)
    .option('--facts <digest>', words.facts)
    .option('--launch <id>', words.launch);
}

export function addReject(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('reject <step>', 'reject', (session) => vote(session, 'no-go'))
    .requiredOption('--reason <text>', words.reason)
    .option('--facts <digest>', words.facts)
    .option('--launch <id>', words.launch);
}

/** A vote holds for the facts that were shown: they are fetched, shown, and sent with it. */
async function vote(session: Session, choice: 'go' | 'no-go'): Promise<ExitCode> {
  const step = session.argument(0);
  const { reason, facts } = session.options(options);
  if (choice === 'no-go') session.options(withReason);
  const api = await connect(session);
  const view = await api.launch(await chooseActive(session, api));
  const basis = findBasis(session, view, step);
  if (facts !== undefined && !shortDigest(basis.digest).startsWith(shortDigest(facts)))
    throw new Failure('conflict', session.m.vote.otherFacts(shortDigest(basis.digest)));
  session.note(session.m.vote.on(wordFor(session, choice), step, subject(view, basis)));
  const command = { type: 'vote', step, vote: choice, reason, basis: basis.seq } as const;
  return deliver(session, api, {
    launch: view.id,
    command,
    said: session.m.vote.counted(wordFor(session, choice), step),
  });
}

function findBasis(session: Session, view: LaunchView, step: string): Basis {
  const open = view.waitingFor.filter((waiting) => waiting.basis !== null);
  const basis = open.find((waiting) => waiting.step === step)?.basis ?? null;
  if (basis !== null) return basis;
  const known = view.phases.flatMap((phase) => phase.steps).find((each) => each.id === step);
  const votable = open.map((waiting) => waiting.step ?? '').join(', ');
  if (known === undefined) throw new Failure('not-found', session.m.vote.noSuchStep(step, votable));
  throw new Failure('not-now', session.m.vote.notOpen(step, votable));
}

function subject(view: LaunchView, basis: Basis): string {
  return `${view.artifact.name} ${view.artifact.version} (${shortDigest(basis.digest)})`;
}

function wordFor(session: Session, choice: 'go' | 'no-go'): string {
  return choice === 'go' ? session.m.votes.go : session.m.votes.noGo;
}
