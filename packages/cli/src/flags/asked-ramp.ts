import type { FlagRampAsked } from '@slipway/contract';
import type { Command } from 'commander';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import type { Session } from '../session.ts';
import { percentOf } from './read-values.ts';

const options = z.object({
  percent: z.string().optional(),
  of: z.string().min(1).max(200).optional(),
  segment: z.array(z.string().min(1).max(200)).max(50).default([]),
  variant: z.string().min(1).max(200).optional(),
  cohort: z.string().min(1).max(200).optional(),
});

/** The options that say who gets what. */
export function withRampOptions(command: Command, { options: words }: Messages): Command {
  return command
    .option('--percent <number>', words.percent)
    .option('--of <segment>', words.of)
    .option('--segment <name>', words.segment, (name, names: readonly string[] | undefined) => [...(names ?? []), name])
    .option('--variant <name>', words.variant)
    .option('--cohort <seed>', words.cohort);
}

/** Whether anybody is named who shall get it. */
export function namesAudience(session: Session): boolean {
  const { percent, segment } = session.options(options);
  return percent !== undefined || segment.length > 0;
}

/** Who shall get what, as it was typed. Throws Failure. */
export function askedRamp(session: Session): FlagRampAsked {
  const { percent, of, segment, variant, cohort } = session.options(options);
  const { failures } = session.m.flags;
  if (of !== undefined && percent === undefined) throw new Failure('wrong-input', failures.ofWithoutPercent);
  if (!namesAudience(session)) throw new Failure('wrong-input', failures.nobody);
  return {
    segments: segment,
    ...(percent === undefined
      ? {}
      : { share: { percent: percentOf(percent, '--percent', session.m), of: of ?? null } }),
    ...(variant === undefined ? {} : { variant }),
    ...(cohort === undefined ? {} : { cohort }),
  };
}
