import { boundedEvidence, type CheckProvider, type CheckResult, type EvidenceItem } from '@slipway/provider-kit';
import { findProof, type Looked, type Search } from './find-proof.ts';
import { type LaunchesCheckConfig, launchesCheckSchema } from './schema.ts';
import { wantedWords } from './wanted-words.ts';

/** Launches that are told of one by one where none of them proves it. */
const MOST_TOLD = 20;

/** Looks whether another launch on this server proves it, by its verified record. */
export const launchesCheck: CheckProvider<LaunchesCheckConfig, 'launches'> = {
  kind: 'check',
  name: 'launches',
  schema: launchesCheckSchema,
  needs: ['launches'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const { own } = context.launches;
    const search = await findProof({ config, own, now: context.now() }, context);
    const expected = wantedWords(config, own.artifact);
    return search.proof === null ? unproved(search, expected) : proved(search, search.proof, expected);
  },
};

function proved(search: Search, { launch, items }: NonNullable<Search['proof']>, expected: string): CheckResult {
  const { seq, hash } = launch.head;
  const chain = {
    asked: `${launch.id}: its record`,
    found: `whole: ${seq} events, up to ${hash}`,
    expected: 'a whole chain',
  };
  const evidence: readonly EvidenceItem[] = [
    { asked: 'launches looked at', found: search.looked.map(lookedWords).join('; '), expected, verdict: 'pass' },
    { ...chain, verdict: 'pass' },
    ...items,
  ];
  const at = launch.ended === null ? '' : ` at ${new Date(launch.ended.at).toISOString()}`;
  return {
    verdict: 'pass',
    evidence: boundedEvidence(`${launch.id} proves it: it ended${at}, and its record is whole`, evidence),
  };
}

function unproved({ looked, read, left }: Search, expected: string): CheckResult {
  const older = left === 0 ? '' : `; ${left} older ones were not read: name the plan with launch`;
  const count = looked.length === 0 ? 'none' : `${looked.length}, and none of them proves it`;
  const all: EvidenceItem = {
    asked: `launches of this product, of ${read} records`,
    found: `${count}${older}`,
    expected,
    verdict: 'fail',
  };
  const summary = `No launch proves it (${looked.length} looked at${older}). What would: ${expected}`;
  return { verdict: 'fail', evidence: boundedEvidence(summary, [all, ...looked.slice(0, MOST_TOLD).map(lookedItem)]) };
}

/** A record that was changed is not a launch that did something else. */
function lookedItem({ id, record, items }: Looked): EvidenceItem {
  if (!record.ok)
    return {
      asked: `${id}: its record`,
      found: `does not count: ${record.problem}`,
      expected: 'a whole chain',
      verdict: 'unknown',
    };
  const wrong = items.filter(({ verdict }) => verdict !== 'pass');
  const asked = wrong.map((item) => item.asked.slice(id.length + 2)).join('; ');
  return {
    asked: `${id}: ${asked}`,
    found: wrong.map(({ found }) => found).join('; '),
    expected: wrong.map(({ expected }) => expected).join('; '),
    verdict: 'fail',
  };
}

function lookedWords({ id, record, items }: Looked): string {
  if (!record.ok) return `${id} (its record does not count: ${record.problem})`;
  return items.every(({ verdict }) => verdict === 'pass') ? `${id} (proves it)` : id;
}
