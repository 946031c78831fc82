import type { AnalysisLook } from '@slipway/judge';
import { expect, test } from 'vitest';
import type { RecordedVerdict } from './recorded-looks.ts';
import { verdictDifferences } from './verdict-differences.ts';

const LOOK: AnalysisLook = {
  decision: 'continue',
  culprit: 'errors',
  harm: 1,
  threshold: 4,
  harmless: 2,
  metrics: [{ metric: 'errors', harm: 1, harmless: 2, part: 1 }],
  shared: null,
  traffic: 'as-planned',
  looks: 9,
};
const VERDICT: RecordedVerdict = {
  decision: 'pass',
  culprit: null,
  findings: [{ holds: 'yes' }],
  compared: {
    harm: 1,
    threshold: 4,
    harmless: 2,
    looks: 9,
    metrics: [{ metric: 'errors', harm: 1, harmless: 2, part: 1 }],
  },
};
const broken: Partial<RecordedVerdict> = { decision: 'fail', culprit: 'latency', findings: [{ holds: 'no' }] };

test.each<[string, Partial<RecordedVerdict>, Partial<AnalysisLook>, readonly string[]]>([
  ['a pass beside a look that goes on', {}, {}, []],
  ['a pass before its time', {}, { decision: 'promote' }, []],
  ['a pass beside suspicion', {}, { decision: 'suspect' }, ['decision']],
  ['a pass beside harm', {}, { decision: 'fail' }, ['decision']],
  ['a pass beside traffic that is missing', {}, { traffic: 'missing' }, ['decision']],
  ['a pass beside damage that is shared', {}, { shared: 'errors' }, ['decision']],
  ['a fail beside harm', { decision: 'fail', culprit: 'errors' }, { decision: 'fail' }, []],
  ['a fail of another metric', { decision: 'fail', culprit: 'latency' }, { decision: 'fail' }, ['culprit']],
  ['a fail of a condition', broken, {}, []],
  ['a fail of a condition beside harm', broken, { decision: 'fail' }, []],
  ['a fail of nothing', { decision: 'fail', culprit: 'errors' }, {}, ['decision']],
  ['too little data', { decision: 'insufficient-data' }, {}, []],
  ['suspicion for too long', { decision: 'insufficient-data' }, { decision: 'suspect' }, []],
  ['broken telemetry', { decision: 'telemetry-broken' }, { traffic: 'missing' }, []],
  ['broken telemetry beside harm', { decision: 'telemetry-broken' }, { decision: 'fail' }, ['decision']],
])('%s', (_, verdict, look, expected) => {
  const found = verdictDifferences({ ...VERDICT, ...verdict }, { ...LOOK, ...look });
  expect(found.map(({ what }) => what)).toEqual(expected);
});

test.each<[string, RecordedVerdict, boolean]>([
  ['a condition that failed while it warmed up', { ...VERDICT, ...broken, compared: undefined }, true],
  ['telemetry that broke while it warmed up', { ...VERDICT, decision: 'telemetry-broken', compared: undefined }, true],
  ['a pass on nothing', { ...VERDICT, compared: undefined }, false],
  ['figures without a look', VERDICT, false],
])('without a look: %s', (_, verdict, isSame) => {
  expect(verdictDifferences(verdict, null).length === 0).toBe(isSame);
});

test('what is not finite is null in a record', () => {
  const compared = { ...VERDICT.compared, harmless: null } as RecordedVerdict['compared'];
  expect(verdictDifferences({ ...VERDICT, compared }, { ...LOOK, harmless: Infinity })).toEqual([]);
});
