import type { End, ScenarioReport } from '@slipway/rehearsal';
import { EXIT, type ExitCode } from '../exit-codes.ts';

/** The worst first. A broken invariant stands above them all. */
const WORST: readonly (readonly [End, ExitCode])[] = [
  ['stuck', EXIT.failure],
  ['rollback-incomplete', EXIT.incomplete],
  ['held', EXIT.held],
  ['rolled-back', EXIT.rolledBack],
  ['scrubbed', EXIT.scrubbed],
  ['completed', EXIT.failure],
];

/** 0 where every scenario ended as the plan wants; else the code of the worst ending that it does not want. */
export function rehearsalExit(scenarios: readonly Pick<ScenarioReport, 'isGood' | 'end' | 'broken'>[]): ExitCode {
  const bad = scenarios.filter(({ isGood }) => !isGood);
  if (bad.length === 0) return EXIT.ok;
  if (bad.some(({ broken }) => broken.length > 0)) return EXIT.failure;
  const ends = new Set(bad.map(({ end }) => end));
  return WORST.find(([end]) => ends.has(end))?.[1] ?? EXIT.failure;
}
