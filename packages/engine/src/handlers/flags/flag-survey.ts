import type { FlagRecord } from '@slipway/flags';
import { TerminalError } from '@slipway/provider-kit';
import { coversAll, type Launch } from '@slipway/core';
import type { Flags } from '../../flags/flags.ts';
import { done, type Handlers, runAgain } from '../handler.ts';
import { flagRecord } from './flag-record.ts';
import { isEmpty } from './serves-all.ts';

export function flagSurveyHandler(flags: Flags): Handlers['flag-survey'] {
  return {
    run: async ({ environment, flag, variant }, { launch }) => {
      const record = flagRecord(flags, launch, { environment, flag });
      refuseUnfit(record, variant);
      refuseForeign(record, variant, launch);
      const current = servedToOthers(record, variant);
      const others = current === variant ? 'serves everybody' : 'serves all who are in no ramp';
      return { ...done(`${flag} ${others} ${current}`), data: { kind: 'survey', current } };
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

function refuseUnfit({ key, kill, definition, about }: FlagRecord, variant: string): void {
  if (kill !== null)
    throw new TerminalError(`${key} was killed by ${kill.by} (${kill.reason}): lift that first, then retry`);
  if (!Object.hasOwn(definition.variants, variant)) {
    const known = Object.keys(definition.variants).join(', ');
    throw new TerminalError(`${key} has no variant ${variant}, only ${known}`);
  }
  if (definition.state === 'DISABLED')
    throw new TerminalError(`${key} is disabled, so nobody gets a variant of it: enable it, then retry`);
  if (variant === about.off)
    throw new TerminalError(`${variant} is the off variant of ${key}: the way back would serve it to everybody`);
}

/** A ramp of somebody else's that has reached everybody is as good as a default. */
function refuseForeign({ key, ramp }: FlagRecord, variant: string, launch: Launch): void {
  if (ramp === null || isEverybodys(ramp, variant)) return;
  if (ramp.launch?.id !== launch.id) {
    const by = ramp.launch === null ? 'a person' : `the launch ${ramp.launch.id}`;
    throw new TerminalError(`${key} is ramped by ${by}: end that ramp first, then retry`);
  }
  if (ramp.variant !== variant)
    throw new TerminalError(`${key} is ramped to ${ramp.variant}: end that ramp first, then retry`);
}

const isEverybodys = (ramp: NonNullable<FlagRecord['ramp']>, variant: string): boolean =>
  ramp.variant === variant && coversAll(ramp.audience);

/** The variant that those get who are in no ramp; the ramped one where everybody gets that already. */
function servedToOthers({ key, definition, ramp }: FlagRecord, variant: string): string {
  if (ramp !== null && isEverybodys(ramp, variant)) return variant;
  const { defaultVariant, targeting } = definition;
  if (defaultVariant === undefined || defaultVariant === null)
    throw new TerminalError(`${key} has no default variant, so nobody can say what the others get: give it one`);
  if (defaultVariant !== variant || isEmpty(targeting)) return defaultVariant;
  throw new TerminalError(
    `${variant} is the default of ${key}, and its targeting says who gets another one: nothing to ramp`,
  );
}
