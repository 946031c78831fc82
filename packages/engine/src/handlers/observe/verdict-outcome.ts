import type { Evidence, OutcomeData, VerdictDecision } from '@slipway/core';
import type { Done } from '../handler.ts';
import type { Identity } from './identity.ts';
import type { Readings } from './readings.ts';
import type { Look } from './watch.ts';

/** What is told besides the look. */
interface Found {
  readonly readings: Readings;
  readonly analysis: Pick<Extract<OutcomeData, { kind: 'verdict' }>, 'analysis' | 'record' | 'stepBack'>;
  readonly identity: Identity | null;
}

/** What an observation came to, with its evidence. */
export function verdictOutcome(look: Look, decision: VerdictDecision, { readings, analysis, identity }: Found): Done {
  const { found, again } = readings;
  const verdict = look.verdict(decision);
  const items = verdict.findings.map(({ condition, holds, values }) => ({
    asked: condition,
    found: Object.entries(values)
      .map(([metric, { new: fresh, old }]) => `${metric}: new ${fresh ?? 'none'}, old ${old ?? 'none'}`)
      .join('; '),
    expected: 'true',
    verdict: holds === 'yes' ? ('pass' as const) : holds === 'no' ? ('fail' as const) : ('unknown' as const),
  }));
  return {
    evidence: { summary: verdict.sentence, items: [...items, ...forgotten(again), ...(identity?.evidence ?? [])] },
    data: { kind: 'verdict', verdict, ...found, ...analysis },
  };
}

/** The record has to say it: a split was set that no step of the plan asked for at that moment. */
function forgotten(again: number): Evidence['items'] {
  if (again === 0) return [];
  const found = `it had forgotten its split and was told again, ${again} ${again === 1 ? 'time' : 'times'}`;
  return [{ asked: 'whether the router copied all along', found, expected: 'yes', verdict: 'unknown' }];
}
