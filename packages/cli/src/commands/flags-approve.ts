import type { FlagPolicyWire } from '@slipway/contract';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readFlagPolicy } from '../flags/read-flag-policy.ts';
import { flagPolicyLines, flagProposalLines } from '../render/flag-answers.ts';
import type { Session } from '../session.ts';
import { sendFlagCommand, tellFlagDone } from './flags-change.ts';

export function addFlagApproval(cli: Cli, group: Command): void {
  const { options } = cli.m;
  cli.child(group, { usage: 'proposals <set>', name: 'flags proposals', work: proposals });
  cli.child(group, { usage: 'approve <set> <id>', name: 'flags approve', work: approve });
  cli
    .child(group, { usage: 'reject <set> <id>', name: 'flags reject', work: reject })
    .requiredOption('--reason <text>', options.reason);
  cli
    .child(group, { usage: 'policy <set>', name: 'flags policy', work: policy })
    .option('--file <file>', options.policyFile);
}

async function proposals(session: Session): Promise<ExitCode> {
  const view = await (await connect(session)).flags.set(session.argument(0));
  if (session.json) session.printJson({ set: view.set, proposals: view.proposals });
  else session.print(flagProposalLines(view, session.pen()));
  return EXIT.ok;
}

function approve(session: Session): Promise<ExitCode> {
  return sendFlagCommand(session, { type: 'approve', proposal: session.argument(1) });
}

const withReason = z.object({ reason: z.string().trim().min(1).max(1000) });

function reject(session: Session): Promise<ExitCode> {
  const { reason } = session.options(withReason);
  return sendFlagCommand(session, { type: 'reject', proposal: session.argument(1), reason });
}

const policyOptions = z.object({ file: z.string().min(1).optional() });

async function policy(session: Session): Promise<ExitCode> {
  const { file } = session.options(policyOptions);
  const wanted = file === undefined ? null : readFlagPolicy(session, file);
  const { flags } = await connect(session);
  const set = session.argument(0);
  if (wanted !== null) return tellFlagDone(session, await flags.setPolicy(set, wanted));
  return tellPolicy(session, (await flags.set(set)).policy);
}

function tellPolicy(session: Session, found: FlagPolicyWire): ExitCode {
  if (session.json) session.printJson(found);
  else session.print(flagPolicyLines(found, session.pen()));
  return EXIT.ok;
}
