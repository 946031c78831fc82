import type { TaskStep, UrlProof } from '@slipway/plan';
import type { EffectWork } from '../model/effect.ts';
import type { Move } from './move.ts';

/** The move of a task in which the address that was given as proof is asked. */
export const ASKING = 1;

/** Milliseconds in all, and how often: whoever ticked it waits. */
const LIMITS = { timeout: 15_000, attempts: 2 } as const;

/** A tick, and where the plan wants it an answer of its address. */
export function taskMoves({ asked }: TaskStep): readonly Move[] {
  const proof: Move = { kind: 'proof' };
  return asked === undefined
    ? [proof]
    : [proof, { kind: 'effect', work: askWork(asked, ''), class: 'read-only', ...LIMITS }];
}

/** `url`: as it was given. */
export function askWork({ status, contains, private: isPrivate }: UrlProof, url: string): EffectWork {
  const text = contains === undefined ? {} : { contains };
  return { kind: 'check', check: { provider: 'url', config: { url, status, ...text, private: isPrivate === true } } };
}
