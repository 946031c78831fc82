import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../testing/test-context.ts';

const MINUTE = 60_000;
const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/how-to/slo-alerts.md'), 'utf8');
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-slo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const slo = async (content: string | Buffer, ...flags: readonly string[]) => {
  writeFileSync(join(folder, 'slo.yaml'), content);
  return await runCommand(['slo', 'slo.yaml', ...flags], { cwd: folder });
};
const of = (spec: Readonly<Record<string, unknown>>) => {
  const source = { metricSource: { type: 'Prometheus', spec: { query: 'password-123' } } };
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: 'shop' },
    spec: {
      service: 'shop',
      indicator: { spec: { ratioMetric: { good: source, total: source } } },
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
      ...spec,
    },
  };
};
const alerting = (threshold: number) => ({
  alertPolicies: [
    {
      metadata: { name: 'p' },
      spec: {
        conditions: [
          {
            metadata: { name: 'c' },
            spec: {
              severity: 'page',
              condition: { kind: 'burnrate', threshold, lookbackWindow: '1h', alertAfter: '0m' },
            },
          },
        ],
      },
    },
  ],
});
const file = (...documents: readonly unknown[]) => documents.map((each) => JSON.stringify(each)).join('\n---\n');

describe('the page on alerts', () => {
  const [files, commands, outputs] = [blocks('yaml'), blocks('sh'), blocks('text')];

  test('has a file, a command and its output, twice', () => {
    expect([files.length, commands.length, outputs.length]).toEqual([2, 2, 2]);
  });

  test.each([
    [0, 0],
    [1, 2],
  ])('shows what the command says: %d', async (index, code) => {
    const content = files[index] ?? '';
    writeFileSync(join(folder, /^# (\S+)$/m.exec(content)?.[1] ?? ''), content);
    const [, ...words] = (commands[index] ?? '').trim().split(' ');
    const ran = await runCommand(words, { cwd: folder });
    expect(ran).toEqual({ code, out: `${outputs[index] ?? ''}\n`, errors: '' });
  });
});

describe('slo', () => {
  test('tells the objective, its budget and its alerts as one document', async () => {
    const { code, out } = await slo(file(of(alerting(14.4))), '--events', '1000000', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      eventsOfPeriod: 1_000_000,
      levels: [
        {
          name: 'shop',
          periodMs: 30 * 24 * 60 * MINUTE,
          alertsFrom: 'file',
          objectives: [
            {
              target: 0.999,
              outageBudgetMs: 43.2 * MINUTE,
              badPerMillion: 1000,
              allowedBad: 1000,
              alerts: [{ burn: 14.4, budgetShare: 0.02, badNeeded: 20, outageMs: 0.864 * MINUTE, problem: null }],
            },
          ],
        },
      ],
      refused: [],
    });
    expect(out).not.toContain('password-123');
  });

  test('ends with 2 where an alert of the file can never fire, and says which', async () => {
    const { code, out } = await slo(file(of(alerting(1000))));
    expect(code).toBe(2);
    expect(out).toContain('✖ it can never fire: even an outage of everything burns no faster');
  });

  test('only warns of an alert that fires while the objective holds, or that wants more traffic', async () => {
    const early = await slo(file(of(alerting(0.5))));
    const quiet = await slo(file(of(alerting(14.4))), '--events', '1000');
    expect([early.code, quiet.code]).toEqual([0, 0]);
    expect(early.out).toContain('▲ it fires while the objective still holds');
    expect(quiet.out).toContain('▲ with so few events');
  });

  test('tells what it refuses, goes on with the rest, and ends with 2', async () => {
    const slices = { ...of({ budgetingMethod: 'Timeslices' }), metadata: { name: 'sliced' } };
    const { code, out } = await slo(file(slices, of({ owner: 'me' })));
    expect(code).toBe(2);
    expect(out).toContain('shop · shop · rolling 30 d');
    expect(out).toContain('✖ SLO sliced spec.budgetingMethod: slices of time are not counted here');
    expect(out).toContain('▲ SLO shop spec.owner: not used here');
  });

  test('never writes 100 % of what is less', async () => {
    const { out } = await slo(file(of({ objectives: [{ targetPercent: 99.99999 }] })));
    expect(out).toContain('99.99999 % good');
    expect(out).toContain('0.1 bad events per million');
  });

  test('takes a list of objects as so many documents', async () => {
    expect((await slo(JSON.stringify([of({})]))).out).toContain('shop · shop');
  });

  test('speaks French', async () => {
    const { code, out } = await slo(file(of(alerting(1000))), '--lang', 'fr');
    expect(code).toBe(2);
    expect(out).toContain('99,9 % de bons');
    expect(out).toContain('elle ne peut jamais se déclencher');
  });

  test('draws its table without a sign that a plain terminal lacks', async () => {
    writeFileSync(join(folder, 'slo.yaml'), file(of(alerting(1000))));
    const { out } = await runCommand(['slo', 'slo.yaml'], { cwd: folder, env: { LANG: 'C' } });
    expect(out).toMatch(/^\P{Cc}*$/mu);
    expect(out).not.toMatch(/[\u0080-\u{10FFFF}]/u);
  });

  const LAUGHS = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}, *a${at}]`);

  test.each([
    ['no YAML', 'a: [', 'slo.yaml is no YAML that can be read'],
    ['aliases that stand for a million', ['a0: &a0 x', ...LAUGHS].join('\n'), 'slo.yaml is no YAML that can be read'],
    ['an alias of nothing', 'a: *nobody', 'slo.yaml is no YAML that can be read'],
    ['nothing', '', 'slo.yaml holds no SLO'],
    ['no SLO', '{apiVersion: openslo/v1, kind: Service, metadata: {name: x}}', 'slo.yaml holds no SLO'],
    ['too much', ' '.repeat(256_001), 'slo.yaml is larger than 256 kB'],
    ['no UTF-8', Buffer.from([0x61, 0xff]), 'slo.yaml is not UTF-8 at byte 1'],
  ])('refuses a file with %s', async (_, content, words) => {
    const { code, errors, out } = await slo(content);
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(out).toBe('');
  });

  test.each(['0', '-1', '1.5', 'many', '1e6', '1000000000000000'])('refuses %s events', async (events) => {
    const { code, errors } = await slo(file(of({})), `--events=${events}`);
    expect(code).toBe(2);
    expect(errors).toContain('--events');
  });

  test('says so where there is no file', async () => {
    const { code, errors } = await runCommand(['slo', 'gone.yaml'], { cwd: folder });
    expect(code).toBe(2);
    expect(errors).toContain('gone.yaml');
  });
});
