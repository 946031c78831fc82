import type { LaunchCommand } from '@slipway/contract';
import type { Launch } from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';
import { instantOf, parseDuration } from '@slipway/plan';
import { Refusal } from './refusal.ts';

/** The end of a waiver has rules of its own. */
type Timeless = Exclude<LaunchCommand, { type: 'skip' }>;

/** A command of the wire as the launch takes it: times are read by the launch's own zone. Throws Refusal where they cannot be. */
export async function commandOf(find: () => Promise<Launch>, command: Timeless): Promise<PersonCommand> {
  if (command.type === 'extend-soak') {
    const { type, step, reason } = command;
    return { type, step, ms: lengthOf(command.by), reason };
  }
  if (command.type !== 'slip') return command;
  const { plan, t0 } = await find();
  const { to, by, reason } = command;
  if ((to === undefined) === (by === undefined)) throw wrong('say either to which time T-0 moves, or by how much');
  if (to !== undefined) {
    const instant = instantOf(to, plan.zone);
    if (!instant.ok) throw wrong(`${instant.reason}; expected a local time in ${plan.zone}, such as 2026-11-24T10:00`);
    return { type: 'slip', to: instant.at, reason };
  }
  return { type: 'slip', to: t0 + lengthOf(by ?? ''), reason };
}

function lengthOf(by: string): number {
  const isEarlier = by.startsWith('-');
  const length = parseDuration(isEarlier ? by.slice(1) : by);
  if (length === null) throw wrong(`"${by}" is not a length such as 30m, or -30m for earlier`);
  return isEarlier ? -length : length;
}

const wrong = (message: string): Refusal => new Refusal(400, { code: 'wrong-input', message });
