import type { LaunchView, WaitingFor } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { shortDigest } from '../render/short-digest.ts';
import type { Session } from '../session.ts';
import { chooseActive } from './choose-launch.ts';
import { deliver, sendCommand } from './send-command.ts';

type Basis = NonNullable<WaitingFor['basis']>;

const options = z.object({
  reason: z.string().max(2000).default(''),
  facts: z.string().min(4).max(100).optional(),
  condition: z.array(z.string().trim().min(1).max(500)).max(20).default([]),
});
const withProof = z.object({ proof: z.string().trim().min(1).max(2000) });
const conditionNumber = z.coerce.number().int().min(1).max(100_000);
/** A NO-GO without a reason helps nobody. */
const withReason = z.object({ reason: z.string().trim().min(1) });

export function addApprove(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('approve <step>', 'approve', (session) => vote(session, 'go'))
    .option('--reason <text>', words.reason)
    .option('--condition <text>', words.condition, oneMore)
    .option('--facts <digest>', words.facts)
    .option('--launch <id>', words.launch);
}

const oneMore = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** `slipway condition met STEP NUMBER --proof …` */
export function addCondition(cli: Cli): void {
  cli
    .child(cli.group('condition'), { usage: 'met <step> <number>', name: 'condition met', work: meetCondition })
    .requiredOption('--proof <proof>', cli.m.options.proof)
    .option('--launch <id>', cli.m.options.launch);
}

function meetCondition(session: Session): Promise<ExitCode> {
  const { m } = session;
  const step = session.argument(0);
  const number = conditionNumber.safeParse(session.argument(1));
  if (!number.success) throw new Failure('wrong-input', m.vote.noNumber(session.argument(1)));
  const { proof } = session.options(withProof);
  const command = { type: 'meet-condition', step, condition: number.data, proof } as const;
  return sendCommand(session, command, m.vote.conditionMet(number.data, step));
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
  const { reason, facts, condition } = session.options(options);
  if (choice === 'no-go') session.options(withReason);
  const api = await connect(session);
  const view = await api.launch(await chooseActive(session, api));
  const basis = findBasis(session, view, step);
  if (facts !== undefined && !shortDigest(basis.digest).startsWith(shortDigest(facts)))
    throw new Failure('conflict', session.m.vote.otherFacts(shortDigest(basis.digest)));
  session.note(session.m.vote.on(wordFor(session, choice), step, subject(view, basis)));
  const conditions = condition.length === 0 ? {} : { conditions: condition };
  const command = { type: 'vote', step, vote: choice, reason, basis: basis.seq, ...conditions } as const;
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
