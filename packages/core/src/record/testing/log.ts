import { type Actor, SLIPWAY } from '../../model/actor.ts';
import { evolve } from '../../evolve.ts';
import type { LaunchEvent, Recorded } from '../../model/event.ts';
import type { EvidenceItem, OutcomeData } from '../../model/outcome.ts';
import { ABSENT, type Launch, type State } from '../../model/state.ts';
import type { Verdict } from '../../model/verdict.ts';

/** 2026-11-24T09:00:00Z. */
export const T0 = 1_795_510_800_000;

export const person = (id: string): Actor => ({ kind: 'person', id });

/** Seconds after T0, who (Slipway where it is left out), what. */
export type Entry = readonly [number, LaunchEvent, Actor?];

/** A log as the store would give it back: numbered, timed, with a hash each. */
export function logOf(entries: readonly Entry[]): readonly Recorded[] {
  return entries.map(([seconds, event, actor], index) => ({
    seq: index + 1,
    at: T0 + seconds * 1000,
    actor: actor ?? SLIPWAY,
    event,
    hash: hashOf(index + 1),
  }));
}

/** A hash to look at: the event's number in hexadecimal. */
export function hashOf(seq: number): string {
  return seq.toString(16).padStart(64, '0');
}

/** Folds a log with the real `evolve`. */
export function fold(events: readonly Recorded[]): Launch {
  const state = events.reduce<State>((before, event) => evolve(before, event), ABSENT);
  if (state.is === 'absent') throw new Error('the log is empty');
  return state;
}

/** The end of an effect that was begun before. */
export function settled(at: number, id: string, ended: Ended): Entry {
  const { summary, items = [], data = { kind: 'none' } } = ended;
  const outcome = { result: 'done', evidence: { summary, items }, data } as const;
  return [at, { type: 'effect-settled', effect: id, attempt: 1, outcome, retryAt: null }];
}

/** An effect from its beginning to its end. */
export function effect(id: string, [from, to]: readonly [number, number], ended: Ended): readonly Entry[] {
  const { touches = null } = ended;
  return [[from, { type: 'effect-started', effect: id, attempt: 1, touches }], settled(to, id, ended)];
}

export interface Ended {
  readonly touches?: string;
  readonly summary: string;
  readonly items?: readonly EvidenceItem[];
  readonly data?: OutcomeData;
}

/** A move of a step (its effect is `step:move.0`), made by an effect. */
export function moved(move: string, [from, to]: readonly [number, number], ended: Ended): readonly Entry[] {
  const [step = '', index = ''] = move.split(':');
  const done: Entry = [to, { type: 'move-done', step, move: Number(index) }];
  return [...effect(`${move}.0`, [from, to], ended), done];
}

export function verdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    decision: 'pass',
    culprit: null,
    sentence: 'every condition holds',
    findings: [],
    samples: 200,
    exposure: 200,
    firstBadAt: null,
    from: T0,
    to: T0 + 30_000,
    ...changes,
  };
}
