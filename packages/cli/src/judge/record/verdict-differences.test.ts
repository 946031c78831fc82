import type { AnalysisLook } from '@slipway/judge';
import { expect, test } from 'vitest';
import type { RecordedVerdict } from './recorded-looks.ts';
import { verdictDifferences } from './verdict-differences.ts';

const TIMES = { is: 'between', low: 0.5, high: null, estimate: 1.2, confidence: 0.95 } as const;
const LOOK: AnalysisLook = {
  decision: 'continue',
  culprit: 'errors',
  harm: 1,
  threshold: 4,
  harmless: 2,
  metrics: [{ metric: 'errors', harm: 1, harmless: 2, part: 1, times: TIMES }],
  split: null,
  few: null,
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
    metrics: [{ metric: 'errors', harm: 1, harmless: 2, part: 1, times: TIMES }],
  },
};
const broken: Partial<RecordedVerdict> = { decision: 'fail', culprit: 'latency', findings: [{ holds: 'no' }] };

test.each<[string, Partial<RecordedVerdict>, Partial<AnalysisLook>, readonly string[]]>([
  ['a pass beside a look that goes on', {}, {}, []],
  ['a pass before its time', {}, { decision: 'promote' }, []],
  ['a pass beside suspicion', {}, { decision: 'suspect' }, ['decision']],
  ['a pass beside harm', {}, { decision: 'fail' }, ['decision']],
  ['a pass beside traffic that is missing', {}, { traffic: 'missing' }, ['decision']],
  ['a pass beside too much traffic', {}, { traffic: 'excess' }, ['decision']],
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

test.each<[string, object | null, readonly string[]]>([
  ['as it is', {}, []],
  ['another edge', { low: 0.4 }, ['errors.times.low']],
  ['an edge that is not known', { high: 2 }, ['errors.times.high']],
  ['another estimate', { estimate: 1.3 }, ['errors.times.estimate']],
  ['more confidence', { confidence: 0.99 }, ['errors.times.confidence']],
  ['a ratio that moved', { is: 'moved', low: undefined }, ['errors.times.is', 'errors.times.low']],
  ['none', null, ['errors.times.is', 'errors.times.low', 'errors.times.estimate', 'errors.times.confidence']],
])('how the shares compare: %s', (_, change, expected) => {
  const [metric] = VERDICT.compared?.metrics ?? [];
  const metrics = [{ ...metric, times: change && { ...TIMES, ...change } }];
  const compared = { ...VERDICT.compared, metrics } as RecordedVerdict['compared'];
  expect(verdictDifferences({ ...VERDICT, compared }, LOOK).map(({ what }) => what)).toEqual(expected);
});

test('what is not finite is null in a record', () => {
  const compared = { ...VERDICT.compared, harmless: null } as RecordedVerdict['compared'];
  expect(verdictDifferences({ ...VERDICT, compared }, { ...LOOK, harmless: Infinity })).toEqual([]);
});
