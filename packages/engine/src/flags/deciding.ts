import { decideFlags } from '@slipway/flags';
import type { Writing } from './flag-writer.ts';
import type { FlagOrder } from './flags.ts';

/** A command as what is to be written. */
export function deciding({ set, command, actor }: FlagOrder): Writing {
  return {
    set,
    actor,
    wayBack: command.type === 'kill',
    decide: ({ state, head }, now) => (head.seq === 0 ? notFound(set) : decideFlags(state, command, { actor, now })),
  };
}

function notFound(set: string): ReturnType<Writing['decide']> {
  const message = `There is no flag set ${set}: create it, or name one that there is.`;
  return { ok: false, rejection: { code: 'not-found', message } };
}
