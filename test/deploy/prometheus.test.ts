import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LISTEN } from '@slipway/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { read } from './deployed.ts';

const has = spawnSync('promtool', ['--version']).status === 0;
const where = has ? '' : ' (skipped: promtool is not installed)';
const BLOCKS = [...read('docs/how-to/observe-the-server.md').matchAll(/^```yaml\n([^]*?)^```$/gm)].map(
  ([, block = '']) => block,
);
const SCRAPE = BLOCKS.find((block) => block.startsWith('scrape_configs:')) ?? '';
const RULES = BLOCKS.find((block) => block.startsWith('groups:')) ?? '';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-prometheus-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What Prometheus' own tool says of a file; empty: nothing is wrong with it. */
function complaints(what: readonly string[], text: string): string {
  writeFileSync(join(folder, 'rules.yml'), RULES);
  writeFileSync(join(folder, 'slipway-token'), '');
  const file = join(folder, 'checked.yml');
  writeFileSync(file, text.replace('/etc/prometheus', folder));
  const { status, stdout, stderr } = spawnSync('promtool', [...what, file], { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

interface Case {
  readonly says: string;
  readonly series: Readonly<Record<string, string>>;
  readonly alerts: readonly string[];
}

/** A sample a minute. */
const CASES: readonly Case[] = [
  {
    says: 'a server that is well and idle: none',
    series: { up: '1x30', process_start_time_seconds: '0x30', 'slipway_launches{state="running"}': '0x30' },
    alerts: [],
  },
  { says: 'a server that does not answer', series: { up: '0x30' }, alerts: ['SlipwayDown'] },
  {
    says: 'a launch that nobody takes further, after a start that appended nothing',
    series: { up: '1x30', process_start_time_seconds: '0x30', 'slipway_launches{state="running"}': '1x30' },
    alerts: ['SlipwayStandsStill'],
  },
  {
    says: 'a launch that goes on: none',
    series: {
      process_start_time_seconds: '0x30',
      slipway_last_append_timestamp_seconds: '0+60x30',
      'slipway_launches{state="running"}': '1x30',
    },
    alerts: [],
  },
  {
    says: 'the first refusal of the database',
    series: { 'slipway_database_errors_total{code="full"}': '0x25 1x5' },
    alerts: ['SlipwayDatabaseRefuses'],
  },
  {
    says: 'a way back that is incomplete, and a figure that is not known',
    series: { 'slipway_launches{state="incomplete"}': '1x30', 'slipway_launches{state="unreadable"}': '_x28 NaN NaN' },
    alerts: ['SlipwayNeedsSomebody'],
  },
];

const NAMES = [...RULES.matchAll(/alert: (\w+)/g)].map(([, name = '']) => name);
const OWN = { job: 'slipway', instance: DEFAULT_LISTEN };

/** A series with the labels that a scrape adds. */
function scraped(series: string): string {
  const [name = '', labels = ''] = series.split(/[{}]/);
  const all = [labels, ...Object.entries(OWN).map(([label, value]) => `${label}="${value}"`)];
  return `${name}{${all.filter((each) => each !== '').join(',')}}`;
}

/** What `promtool test rules` reads: which alerts there are half an hour later, whatever their labels. */
function unitTest({ series, alerts }: Case): string {
  const input = Object.entries(series).map(([name, values]) => ({ series: scraped(name), values }));
  const asked = NAMES.map((name) => ({
    expr: `count(ALERTS{alertname="${name}",alertstate="firing"}) or vector(0)`,
    eval_time: '29m',
    exp_samples: [{ labels: '{}', value: alerts.includes(name) ? 1 : 0 }],
  }));
  return stringify({
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: input, promql_expr_test: asked }],
  });
}

describe('what the page for operators gives Prometheus', () => {
  test('asks the address that a server listens on', () => {
    expect(parse(SCRAPE)).toMatchObject({ scrape_configs: [{ static_configs: [{ targets: [DEFAULT_LISTEN] }] }] });
  });

  test.skipIf(!has)(`is a configuration that it takes${where}`, () => {
    expect(complaints(['check', 'config'], SCRAPE)).toBe('');
    expect(complaints(['check', 'config'], SCRAPE.replace('authorization', 'authorisation'))).toContain(
      'authorisation',
    );
  });

  test.skipIf(!has).each(CASES)(`alerts on $says${where}`, (each) => {
    expect(NAMES).toEqual(expect.arrayContaining([...each.alerts]));
    expect(complaints(['test', 'rules'], unitTest(each))).toBe('');
  });
});
