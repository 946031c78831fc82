import {
  boundedEvidence,
  type CheckProvider,
  type EvidenceItem,
  formatDuration,
  type PlanRehearsed,
} from '@slipway/provider-kit';
import { type RehearsalCheckConfig, rehearsalCheckSchema } from './schema.ts';

/** Red scenarios that are told of one by one. */
const MOST_RED = 20;

/** Has the plan of this launch rehearsed: every scenario must end as the plan wants. */
export const rehearsalCheck: CheckProvider<RehearsalCheckConfig, 'rehearsal'> = {
  kind: 'check',
  name: 'rehearsal',
  schema: rehearsalCheckSchema,
  needs: ['rehearsal'],
  async run({ timeout }, { rehearsal, signal }) {
    signal.throwIfAborted();
    const found = await rehearsal.run({ timeoutMs: timeout, signal });
    const items = itemsOf(found, rehearsal.planDigest);
    const isGreen = items.every(({ verdict }) => verdict === 'pass');
    const summary = `${found.scenarios} scenarios were rehearsed, ${found.redCount} did not end as the plan wants, ${found.neverExercised} things were never exercised`;
    return { verdict: isGreen ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

function itemsOf(found: PlanRehearsed, planDigest: string): readonly EvidenceItem[] {
  const isSame = found.planDigest === planDigest;
  const isGreen = found.ok && found.redCount === 0 && found.scenarios > 0;
  const took = `in ${formatDuration(Math.round(found.took))}, ended at ${new Date(found.at).toISOString()}`;
  return [
    {
      asked: 'digest of the plan that was rehearsed',
      found: found.planDigest,
      expected: planDigest,
      verdict: isSame ? 'pass' : 'fail',
    },
    {
      asked: 'scenarios',
      found: `${found.scenarios}, ${found.redCount} red, ${took}, with Slipway ${found.slipway}`,
      expected: 'at least 1, 0 red',
      verdict: isGreen ? 'pass' : 'fail',
    },
    { asked: 'never exercised', found: String(found.neverExercised), expected: 'any number', verdict: 'pass' },
    ...found.red.slice(0, MOST_RED).map(({ id, end, why }): EvidenceItem => {
      const reasons = why.length === 0 ? '' : `: ${why.join('; ')}`;
      return {
        asked: `scenario ${id}`,
        found: `${end}${reasons}`,
        expected: 'an end as the plan wants',
        verdict: 'fail',
      };
    }),
  ];
}
