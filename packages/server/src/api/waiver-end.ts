import type { LaunchCommand } from '@slipway/contract';
import type { Launch } from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';
import { instantOf, parseDuration } from '@slipway/plan';
import { Refusal } from './refusal.ts';

type Skip = Extract<LaunchCommand, { type: 'skip' }>;

interface Asked {
  readonly find: () => Promise<Launch>;
  /** Epoch ms. */
  readonly now: number;
}

/** A skip with the end of its waiver as a moment: a length from now, or a time in the launch's own zone. Throws Refusal where it is neither. */
export async function skipUntil({ until, ...skip }: Skip, { find, now }: Asked): Promise<PersonCommand> {
  if (until === undefined) return skip;
  const length = parseDuration(until);
  if (length !== null) return { ...skip, until: now + length };
  const { zone } = (await find()).plan;
  const instant = instantOf(until, zone);
  if (instant.ok) return { ...skip, until: instant.at };
  const message = `"${until}" is no end of a waiver: write 4h, or a local time in ${zone} such as 2026-11-24T10:00`;
  throw new Refusal(400, { code: 'wrong-input', message });
}
