import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanReport, Problem, RedFlag } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

const FLAG: RedFlag = {
  code: 'SLW001',
  severity: 'error',
  title: 'No way back',
  said: '"Send mails" has no way back',
  explanation: 'Give it an undo.',
  link: 'docs/explanation/red-flags.md#SLW001',
  file: 'launch.yaml',
  line: 12,
  column: 9,
  path: 'phases[0].steps[1].undo',
  ignored: null,
};
const WARNING: RedFlag = { ...FLAG, code: 'SLW006', severity: 'warning', title: 'Friday' };
const NOTE: RedFlag = { ...FLAG, code: 'SLW009', severity: 'info', title: 'Alone' };
const PASSED: RedFlag = { ...FLAG, ignored: { because: 'a fair', until: '2026-12-31' } };
const PROBLEM: Problem = {
  file: 'launch.yaml',
  line: 3,
  column: 1,
  path: '',
  message: 'nobody tells team',
  expected: 'an announcement',
  severity: 'warning',
};

let folder: string;
let told: PlanReport;
let api: Listening;
beforeEach(async () => {
  told = REPORT;
  folder = mkdtempSync(join(tmpdir(), 'slipway-lint-'));
  writeFileSync(join(folder, 'launch.yaml'), 'launch: shop\n');
  api = await listen((request, response) => {
    request.resume();
    request.on('end', () => answer(response, 200, told));
  });
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

function slipway(...argv: readonly string[]): Promise<Ran> {
  const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
  return runCommand([...argv], { env, cwd: folder });
}

describe('how lint ends', () => {
  test.each<readonly [string, Partial<PlanReport>, readonly string[], number]>([
    ['nothing', {}, [], 0],
    ['an error', { redFlags: [FLAG] }, [], 2],
    ['an error that is passed over', { redFlags: [PASSED] }, ['--strict'], 0],
    ['a warning', { redFlags: [WARNING] }, [], 0],
    ['a warning, strict', { redFlags: [WARNING] }, ['--strict'], 2],
    ['a note, strict', { redFlags: [NOTE] }, ['--strict'], 0],
    ['a warning of the plan, strict', { problems: [PROBLEM] }, ['--strict'], 2],
    ['a wrong plan', { ok: false, problems: [{ ...PROBLEM, severity: 'error' }] }, [], 2],
    [
      'a wrong plan, by what is a red flag',
      { ok: false, problems: [{ ...PROBLEM, severity: 'error', code: 'SLW012' }] },
      [],
      2,
    ],
  ])('%s', async (_, report, options, code) => {
    told = { ...REPORT, ...report };
    for (const format of [[], ['--json'], ['--format', 'sarif']]) {
      expect((await slipway('lint', ...options, ...format)).code).toBe(code);
    }
  });
});

describe('what lint prints', () => {
  test('problems, flags with code, place, reason and link, and how many', async () => {
    told = { ...REPORT, problems: [PROBLEM, { ...PROBLEM, code: 'SLW015' }], redFlags: [FLAG, WARNING, PASSED] };
    const { out } = await slipway('lint');
    expect(out.split('\n').slice(0, 7)).toEqual([
      'launch.yaml:3:1: warning: nobody tells team, expected an announcement',
      'error SLW001 · No way back',
      '  launch.yaml:12:9',
      '  "Send mails" has no way back',
      '  Give it an undo.',
      '  docs/explanation/red-flags.md#SLW001',
      '',
    ]);
    expect(out).toContain('  passed over until 2026-12-31: a fair');
    expect(out.trimEnd().split('\n').at(-1)).toBe('launch.yaml: 1 error, 2 warnings, 0 notes; 1 passed over');
  });

  test.each([
    ['en', 'launch.yaml: no red flag\n'],
    ['fr', "launch.yaml : aucun signal d'alerte\n"],
  ])('in %s, nothing', async (language, text) => {
    expect((await slipway('lint', '--lang', language)).out).toBe(text);
  });

  test('what a plan says never writes to the terminal', async () => {
    told = { ...REPORT, redFlags: [{ ...FLAG, said: 'a\u001B[31mb\u202Ec' }] };
    const { out } = await slipway('lint');
    expect(['\u001B', '\u202E'].filter((sign) => out.includes(sign))).toEqual([]);
  });

  test('as JSON: each thing once', async () => {
    told = { ...REPORT, problems: [PROBLEM, { ...PROBLEM, code: 'SLW015' }], redFlags: [WARNING] };
    expect(JSON.parse((await slipway('lint', '--json')).out)).toEqual({
      file: 'launch.yaml',
      ok: true,
      problems: [PROBLEM],
      redFlags: [WARNING],
    });
  });

  test('as SARIF: a rule for each code, a result for each place', async () => {
    told = { ...REPORT, problems: [PROBLEM], redFlags: [FLAG, { ...FLAG, line: 20 }, NOTE, PASSED] };
    const { version, runs } = JSON.parse((await slipway('lint', '--format', 'sarif')).out);
    const [run] = runs;
    expect([version, runs.length]).toEqual(['2.1.0', 1]);
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['plan', 'SLW001', 'SLW009']);
    expect(
      run.results.map(({ ruleId, ruleIndex, level }: Record<string, unknown>) => [ruleId, ruleIndex, level]),
    ).toEqual([
      ['plan', 0, 'warning'],
      ['SLW001', 1, 'error'],
      ['SLW001', 1, 'error'],
      ['SLW009', 2, 'note'],
      ['SLW001', 1, 'error'],
    ]);
    expect(run.results[2].locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'launch.yaml' }, region: { startLine: 20, startColumn: 9 } } },
    ]);
    expect(run.results[4].suppressions).toEqual([{ kind: 'inSource', justification: 'a fair (2026-12-31)' }]);
  });
});
