// The names and values of the first documents are those of the examples in OpenSLO's specification (github.com/OpenSLO/OpenSLO, README.md).
import { describe, expect, test } from 'vitest';
import { readOpenSlo } from './read-openslo.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
type Plain = Record<string, unknown>;

const document = (kind: string, name: string, spec: Plain, more: Plain = {}) => {
  return { apiVersion: 'openslo/v1', kind, metadata: { name, ...more }, spec };
};
const datadog = (query: string) => {
  return { metricSource: { metricSourceRef: 'datadog-datasource', type: 'Datadog', spec: { query } } };
};
const GOOD = datadog('sum:trace.http.request.hits.by_http_status{http.status_code:200}.as_count()');
const TOTAL = datadog('sum:trace.http.request.hits.by_http_status{*}.as_count()');
const RATIO = { counter: true, good: GOOD, total: TOTAL };
const INLINE = { metadata: { name: 'foo-error', displayName: 'Foo Error' }, spec: { ratioMetric: RATIO } };
const FOO = {
  service: 'foo',
  indicator: INLINE,
  timeWindow: [{ duration: '4w', isRolling: true }],
  budgetingMethod: 'Occurrences',
  objectives: [{ displayName: 'Foo Total Errors', target: 0.98 }],
};
const BREACH = {
  description: 'If the CPU usage is too high for given period then it should alert',
  severity: 'page',
  condition: { kind: 'burnrate', threshold: 2, lookbackWindow: '1h', alertAfter: '5m' },
};
const POLICY = {
  description: 'Alert policy for cpu usage breaches, notifies on-call devops via email',
  alertWhenBreaching: true,
  alertWhenResolved: false,
  conditions: [{ conditionRef: 'cpu-usage-breach' }],
  notificationTargets: [{ targetRef: 'OnCallDevopsMailNotification' }],
};

/** What was refused or lost, as `place: code`. */
const found = (findings: readonly { document: string; path: string; code: string }[]) =>
  findings.map(({ document: title, path, code }) => `${title} ${path}: ${code}`);
const slo = (changes: Plain) => readOpenSlo([document('SLO', 'foo-slo', { ...FOO, ...changes })]);
const rule = (changes: Plain) => ({
  kind: 'AlertPolicy',
  metadata: { name: 'p' },
  spec: {
    alertWhenBreaching: true,
    conditions: [
      {
        kind: 'AlertCondition',
        metadata: { name: 'c' },
        spec: { severity: 'page', condition: { ...BREACH.condition, alertAfter: '0m', ...changes } },
      },
    ],
  },
});

describe('a set of OpenSLO documents', () => {
  test('is read as service levels, with what they refer to', () => {
    const reading = readOpenSlo([
      document('DataSource', 'datadog-datasource', {
        type: 'Datadog',
        connectionDetails: { accessKeyID: 'accessKey' },
      }),
      document('Service', 'foo', { description: 'What foo does' }, { displayName: 'Foo' }),
      document('SLI', 'foo-error', { ratioMetric: RATIO }),
      document('AlertCondition', 'cpu-usage-breach', BREACH),
      document('AlertPolicy', 'AlertPolicy', POLICY),
      document('AlertNotificationTarget', 'OnCallDevopsMailNotification', { target: 'email' }),
      document(
        'SLO',
        'foo-slo',
        { ...FOO, indicator: undefined, indicatorRef: 'foo-error', alertPolicies: [{ alertPolicyRef: 'AlertPolicy' }] },
        { displayName: 'Foo SLO', labels: { team: ['a', 'b'], env: 'prod' }, annotations: { 'example.com/key': 'v' } },
      ),
    ]);
    expect(reading.refused).toEqual([]);
    expect(reading.levels).toEqual([
      {
        meta: {
          name: 'foo-slo',
          displayName: 'Foo SLO',
          labels: { team: ['a', 'b'], env: 'prod' },
          annotations: { 'example.com/key': 'v' },
        },
        description: null,
        service: 'foo',
        periodMs: 28 * DAY,
        indicator: {
          meta: { name: 'foo-error', displayName: null, labels: {}, annotations: {} },
          description: null,
          counter: true,
          counted: 'good',
          part: { ref: 'datadog-datasource', type: 'Datadog', spec: GOOD.metricSource.spec },
          total: { ref: 'datadog-datasource', type: 'Datadog', spec: TOTAL.metricSource.spec },
        },
        promises: [{ displayName: 'Foo Total Errors', target: 0.98 }],
        alerts: [
          {
            policy: 'AlertPolicy',
            condition: 'cpu-usage-breach',
            description: BREACH.description,
            severity: 'page',
            burn: 2,
            longMs: HOUR,
            shortMs: HOUR,
          },
        ],
      },
    ]);
    expect(reading.services).toMatchObject([
      { meta: { name: 'foo', displayName: 'Foo' }, description: 'What foo does' },
    ]);
    expect(reading.dataSources).toMatchObject([{ meta: { name: 'datadog-datasource' }, type: 'Datadog' }]);
    expect(found(reading.losses)).toEqual([
      'AlertPolicy AlertPolicy spec.notificationTargets: not-kept',
      'AlertPolicy AlertPolicy spec.description: not-kept',
      'AlertCondition cpu-usage-breach spec.condition.alertAfter: wait-not-kept',
      'DataSource datadog-datasource spec.connectionDetails: connection-not-kept',
      'AlertNotificationTarget OnCallDevopsMailNotification : kind-not-kept',
    ]);
    expect(JSON.stringify(reading)).not.toContain('accessKey');
  });

  test('gives several promises where an SLO has several objectives, be they shares or per cent', () => {
    const { levels, refused } = slo({
      objectives: [
        { displayName: 'Foo Total Errors', target: 0.98 },
        { displayName: 'Bar Total Errors', targetPercent: 99.99 },
      ],
    });
    expect(refused).toEqual([]);
    expect(levels[0]?.promises.map(({ target }) => target)).toEqual([0.98, 0.9999]);
  });

  test.each([
    ['slices of time', { budgetingMethod: 'Timeslices' }, 'spec.budgetingMethod: timeslices'],
    [
      'a slice in an objective',
      { objectives: [{ target: 0.9, timeSliceTarget: 0.9 }] },
      'spec.objectives[0].timeSliceTarget: timeslices',
    ],
    ['no method', { budgetingMethod: undefined }, 'spec.budgetingMethod: missing'],
    ['an unknown method', { budgetingMethod: 'RatioTimeslices' }, 'spec.budgetingMethod: wrong-value'],
    [
      'a calendar',
      {
        timeWindow: [{ duration: '1M', calendar: { startTime: '2020-01-21 12:30:00', timeZone: 'America/New_York' } }],
      },
      'spec.timeWindow[0].calendar: calendar-window',
    ],
    [
      'a window that does not roll',
      { timeWindow: [{ duration: '1M', isRolling: false }] },
      'spec.timeWindow[0].isRolling: calendar-window',
    ],
    ['no window', { timeWindow: undefined }, 'spec.timeWindow: one-expected'],
    ['two windows', { timeWindow: [FOO.timeWindow[0], FOO.timeWindow[0]] }, 'spec.timeWindow: one-expected'],
    [
      'a window of no time',
      { timeWindow: [{ duration: '0d', isRolling: true }] },
      'spec.timeWindow[0].duration: wrong-value',
    ],
    [
      'a window of a hundred years',
      { timeWindow: [{ duration: '100Y', isRolling: true }] },
      'spec.timeWindow[0].duration: wrong-value',
    ],
    [
      'a duration with a space',
      { timeWindow: [{ duration: '4 w', isRolling: true }] },
      'spec.timeWindow[0].duration: wrong-value',
    ],
    [
      'a threshold',
      { indicator: { spec: { thresholdMetric: TOTAL } } },
      'spec.indicator.spec.thresholdMetric: threshold-metric',
    ],
    [
      'a ratio that was divided already',
      { indicator: { spec: { ratioMetric: { rawType: 'success', raw: GOOD } } } },
      'spec.indicator.spec.ratioMetric.raw: raw-ratio',
    ],
    [
      'good and bad',
      { indicator: { spec: { ratioMetric: { ...RATIO, bad: GOOD } } } },
      'spec.indicator.spec.ratioMetric.good: one-of-two',
    ],
    [
      'no total',
      { indicator: { spec: { ratioMetric: { good: GOOD } } } },
      'spec.indicator.spec.ratioMetric.total: missing',
    ],
    ['no indicator', { indicator: undefined }, 'spec.indicator: one-of-two'],
    [
      'an indicator that is not there',
      { indicator: undefined, indicatorRef: 'gone' },
      'spec.indicatorRef: unknown-reference',
    ],
    [
      'weights',
      { objectives: [{ target: 0.9, compositeWeight: 2, indicatorRef: 'a' }] },
      'spec.objectives[0].indicatorRef: composite',
    ],
    ['a target of everything', { objectives: [{ target: 1 }] }, 'spec.objectives[0].target: wrong-value'],
    ['a target of 99.9', { objectives: [{ target: 99.9 }] }, 'spec.objectives[0].target: wrong-value'],
    ['a target in words', { objectives: [{ target: 'most' }] }, 'spec.objectives[0].target: wrong-type'],
    ['two targets', { objectives: [{ target: 0.9, targetPercent: 90 }] }, 'spec.objectives[0].target: one-of-two'],
    ['no objective', { objectives: [] }, 'spec.objectives: missing'],
    ['an objective that is a number', { objectives: [0.9] }, 'spec.objectives[0]: wrong-type'],
    ['no service', { service: undefined }, 'spec.service: missing'],
    [
      'a policy that is not there',
      { alertPolicies: [{ alertPolicyRef: 'gone' }] },
      'spec.alertPolicies[0].alertPolicyRef: unknown-reference',
    ],
    ['a policy that is only a name', { alertPolicies: ['gone'] }, 'spec.alertPolicies[0]: unknown-reference'],
    [
      'a policy without a condition',
      { alertPolicies: [{ metadata: { name: 'p' }, spec: { conditions: [] } }] },
      'spec.alertPolicies[0].spec.conditions: one-expected',
    ],
    [
      'an alert while little burns',
      { alertPolicies: [rule({ op: 'lt' })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.op: not-above',
    ],
    [
      'another kind of condition',
      { alertPolicies: [rule({ kind: 'budget' })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.kind: wrong-value',
    ],
    [
      'an alert without a threshold',
      { alertPolicies: [rule({ threshold: undefined })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.threshold: missing',
    ],
    [
      'an alert at a burn rate of nothing',
      { alertPolicies: [rule({ threshold: 0 })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.threshold: wrong-value',
    ],
    [
      'an alert without a window',
      { alertPolicies: [rule({ lookbackWindow: '0m' })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.lookbackWindow: wrong-value',
    ],
  ] satisfies [string, Plain, string][])('refuses %s', (_, changes, refusal) => {
    const { levels, refused } = slo(changes);
    expect(found(refused)).toEqual([`SLO foo-slo ${refusal}`]);
    expect(levels).toEqual([]);
  });

  test('refuses an SLO whose indicator is wrong in another document, and takes the other SLO', () => {
    const reading = readOpenSlo([
      document('SLI', 'bad', { thresholdMetric: TOTAL }),
      document('SLO', 'one', { ...FOO, indicator: undefined, indicatorRef: 'bad' }),
      document('SLO', 'two', FOO),
    ]);
    expect(reading.levels.map(({ meta }) => meta.name)).toEqual(['two']);
    expect(found(reading.refused)).toEqual(['SLI bad spec.thresholdMetric: threshold-metric']);
  });

  test.each([
    [
      'a month, which has no length',
      { timeWindow: [{ duration: '1M', isRolling: true }] },
      'spec.timeWindow[0].duration: fixed-length',
    ],
    ['a key that nobody knows', { owner: 'me' }, 'spec.owner: not-kept'],
    ['an operator without a threshold', { objectives: [{ op: 'gt', target: 0.9 }] }, 'spec.objectives[0].op: not-kept'],
    [
      'a wait',
      { alertPolicies: [rule({ alertAfter: '5m' })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.alertAfter: wait-not-kept',
    ],
    [
      '"or equal"',
      { alertPolicies: [rule({ op: 'gte' })] },
      'spec.alertPolicies[0].spec.conditions[0].spec.condition.op: or-equal',
    ],
  ] satisfies [string, Plain, string][])('tells of %s', (_, changes, loss) => {
    const { levels, refused, losses } = slo(changes);
    expect(refused).toEqual([]);
    expect(levels).toHaveLength(1);
    expect(found(losses)).toEqual([`SLO foo-slo ${loss}`]);
  });

  test('has no alert of a policy that never calls, and tells of it', () => {
    const policy = rule({});
    const { levels, losses } = slo({
      alertPolicies: [{ ...policy, spec: { ...policy.spec, alertWhenBreaching: false } }],
    });
    expect(levels[0]?.alerts).toEqual([]);
    expect(losses.map(({ code }) => code)).toEqual(['never-alerts']);
  });

  test('tells of what no SLO uses', () => {
    const { losses } = readOpenSlo([document('SLI', 'lonely', { ratioMetric: RATIO })]);
    expect(found(losses)).toEqual(['SLI lonely : unused']);
  });

  const endless: Plain = document('SLO', 'loop', {});
  endless['spec'] = endless;
  const deep = Array.from({ length: 40 }).reduce<unknown>((below) => [below], 'x');
  const doubling = Array.from({ length: 29 }).reduce<unknown>((below) => [below, below], 'x');

  test.each([
    ['nothing', null, 'document 1 : not-openslo'],
    ['a text', 'SLO', 'document 1 : not-openslo'],
    ['another version', { ...document('SLO', 'x', {}), apiVersion: 'openslo/v2alpha' }, 'document 1 : not-openslo'],
    ['another kind', document('Dashboard', 'x', {}), 'document 1 : unknown-kind'],
    ['a document without a name', { apiVersion: 'openslo/v1', kind: 'SLO', metadata: {} }, 'document 1 : no-name'],
    ['a document that holds itself', endless, 'document 1 : too-large'],
    ['a document nested forty deep', { ...document('SLO', 'x', {}), spec: deep }, 'document 1 : too-large'],
    ['a document of half a billion parts', { ...document('SLO', 'x', {}), spec: doubling }, 'document 1 : too-large'],
  ] satisfies [string, unknown, string][])('refuses %s', (_, value, refusal) => {
    expect(found(readOpenSlo([value]).refused)).toEqual([refusal]);
  });

  test('refuses a name that is taken, and a thousand and one documents', () => {
    expect(found(readOpenSlo([document('SLO', 'a', FOO), document('SLO', 'a', FOO)]).refused)).toEqual([
      'SLO a metadata.name: name-taken',
    ]);
    expect(found(readOpenSlo(Array.from({ length: 1_001 }, () => null)).refused)).toEqual([
      'document 1001 : too-large',
    ]);
  });
});
