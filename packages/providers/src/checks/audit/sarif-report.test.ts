import { TerminalError } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { readSarif } from './sarif-report.ts';
import { severityOfScore } from './severity.ts';

interface GivenRule {
  readonly score?: unknown;
  readonly level?: string;
}

const ruleWith = ({ score, level }: GivenRule = {}) => ({
  id: 'CVE-2021-44906',
  name: 'LanguageSpecificPackageVulnerability',
  shortDescription: { text: 'minimist: prototype pollution' },
  ...(level === undefined ? {} : { defaultConfiguration: { level } }),
  properties: { tags: ['vulnerability'], ...(score === undefined ? {} : { 'security-severity': score }) },
});

const RESULT = {
  ruleId: 'CVE-2021-44906',
  ruleIndex: 0,
  message: { text: 'Package: minimist\nInstalled Version: 0.0.8' },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'package-lock.json', uriBaseId: 'ROOTPATH' } } }],
};

/** A report in the form that scanners of dependencies write. */
const sarif = (results: unknown, rule: object = ruleWith(), more: object = {}) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'Trivy', informationUri: 'https://trivy.example', version: '0.58.0', rules: [rule] } },
      results,
      columnKind: 'utf16CodeUnits',
      ...more,
    },
  ],
});

const severity = (result: object, rule: GivenRule = {}, more: object = {}) =>
  readSarif(sarif([{ ...RESULT, ...result }], ruleWith(rule), more)).findings.map((finding) => finding.severity);

describe('a SARIF report', () => {
  it('names its findings', () => {
    expect(readSarif(sarif([RESULT], ruleWith({ score: '9.8' })))).toEqual({
      findings: [
        {
          id: 'CVE-2021-44906',
          aliases: [],
          severity: 'critical',
          where: 'package-lock.json',
          title: 'Package: minimist Installed Version: 0.0.8',
        },
      ],
      scope: 'Trivy',
      times: [],
    });
  });

  it.each([
    [{ level: 'error' }, {}, 'high'],
    [{ level: 'warning' }, {}, 'moderate'],
    [{ level: 'note' }, {}, 'low'],
    [{ level: 'none' }, {}, 'info'],
    [{ level: 'terrible' }, {}, 'unknown'],
    [{}, {}, 'moderate'],
    [{}, { level: 'error' }, 'high'],
    [{ level: 'note' }, { level: 'error' }, 'low'],
    [{ level: 'note' }, { score: '9.8' }, 'critical'],
    [{ level: 'error' }, { score: '2.0' }, 'low'],
    [{ level: 'error' }, { score: '0.0' }, 'high'],
    [{ level: 'note' }, { score: 8.1 }, 'high'],
    [{ level: 'note' }, { score: 'high' }, 'unknown'],
    [{ level: 'note' }, { score: '' }, 'unknown'],
    [{ level: 'note' }, { score: '11' }, 'unknown'],
    [{ level: 'note' }, { score: -1 }, 'unknown'],
    [{ level: 'note', properties: { 'security-severity': '5.0' } }, { score: '9.8' }, 'moderate'],
    [{ kind: 'fail', level: 'error' }, {}, 'high'],
    [{ kind: 'open', level: 'none' }, {}, 'unknown'],
    [{ kind: 'review' }, {}, 'unknown'],
  ])('%j with the rule %j is %s', (result, rule, expected) => {
    expect(severity(result, rule)).toEqual([expected]);
  });

  it.each([
    [{ kind: 'pass' }],
    [{ kind: 'notApplicable' }],
    [{ kind: 'informational' }],
    [{ baselineState: 'absent' }],
    [{ suppressions: [{ kind: 'inSource' }] }],
    [{ suppressions: [{ kind: 'external', status: 'accepted' }] }],
  ])('finds nothing in %j', (result) => {
    expect(severity({ level: 'error', ...result })).toEqual([]);
  });

  it.each([
    [{ suppressions: [] }],
    [{ suppressions: [{ kind: 'external', status: 'underReview' }] }],
    [{ suppressions: [{ kind: 'external', status: 'rejected' }] }],
    [{ suppressions: [{ kind: 'inSource' }, { kind: 'external', status: 'rejected' }] }],
    [{ baselineState: 'unchanged' }],
    [{ kind: 'anything' }],
  ])('still finds it with %j', (result) => {
    expect(severity({ level: 'error', ...result })).toHaveLength(1);
  });

  it('says how many the report suppresses', () => {
    expect(readSarif(sarif([{ ...RESULT, suppressions: [{ kind: 'inSource' }] }])).scope).toBe(
      'Trivy; 1 suppressed in the report',
    );
  });

  it.each([
    ['by index', { ruleIndex: 0, ruleId: undefined }],
    ['by id', { ruleIndex: undefined }],
    ['by index -1 and id', { ruleIndex: -1 }],
    ['by a refined id', { ruleIndex: undefined, ruleId: 'CVE-2021-44906/npm' }],
    ['by reference', { ruleIndex: undefined, ruleId: undefined, rule: { id: 'CVE-2021-44906' } }],
    ['by reference to an index', { ruleIndex: undefined, ruleId: undefined, rule: { index: 0 } }],
  ])('finds the rule %s', (_title, result) => {
    expect(severity(result, { score: '9.8' })).toEqual(['critical']);
  });

  it('finds the rule of an extension', () => {
    const report = sarif([{ ...RESULT, rule: { index: 0, toolComponent: { index: 0 } } }], ruleWith({ score: '1.0' }));
    const [run] = report.runs;
    const tool = { ...run?.tool, extensions: [{ name: 'queries', rules: [ruleWith({ score: '9.1' })] }] };
    const { findings } = readSarif({ ...report, runs: [{ ...run, tool }] });
    expect(findings.map((finding) => finding.severity)).toEqual(['critical']);
  });

  it('believes no default level that the invocation overrode', () => {
    const invocations = [{ executionSuccessful: true, ruleConfigurationOverrides: [{ configuration: {} }] }];
    expect(severity({}, {}, { invocations })).toEqual(['unknown']);
    expect(severity({ level: 'note' }, {}, { invocations })).toEqual(['low']);
  });

  it.each([
    ['no report', {}, /not a report in SARIF/],
    ['null', null, /not a report in SARIF/],
    ['an older version', { ...sarif([]), version: '2.0.0' }, /not a report in SARIF/],
    ['no run', { version: '2.1.0', runs: [] }, /not a report in SARIF/],
    ['no results', sarif(undefined), /has no results, not even none/],
    ['null for results', sarif(null), /has no results/],
    [
      'a scanner that broke',
      sarif([], ruleWith(), { invocations: [{ executionSuccessful: false }] }),
      /did not finish/,
    ],
    [
      'results elsewhere',
      sarif([], ruleWith(), { externalPropertyFileReferences: { results: [{ location: {} }] } }),
      /in other files/,
    ],
    ['a result that is a text', sarif(['x']), /not a report in SARIF/],
  ])('is not believed: %s', (_title, report, message) => {
    expect(() => readSarif(report)).toThrow(TerminalError);
    expect(() => readSarif(report)).toThrow(message);
  });

  it('believes a report with an empty list of results', () => {
    expect(readSarif(sarif([])).findings).toEqual([]);
  });
});

it.each([
  [0, null],
  [0.1, 'low'],
  [3.9, 'low'],
  [4, 'moderate'],
  [6.9, 'moderate'],
  [7, 'high'],
  [8.95, 'high'],
  [9, 'critical'],
  [10, 'critical'],
  [10.1, 'unknown'],
  [-0.1, 'unknown'],
  [Number.NaN, 'unknown'],
])('a score of %d is %s', (score, expected) => {
  expect(severityOfScore(score)).toBe(expected);
});
