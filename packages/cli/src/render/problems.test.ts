import type { PlanReport, Problem } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messagesFor } from '../messages/messages-for.ts';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';
import { problemLine } from './problems.ts';

const PROBLEM: Problem = {
  file: 'launch.yaml',
  line: 6,
  column: 9,
  path: 'phases[0]',
  message: 'unknown key "chek"',
  expected: 'check',
  severity: 'error',
};

describe('a problem is one line that editors link to its place', () => {
  test.each<[string, Partial<Problem>, string]>([
    ['an error', {}, 'launch.yaml:6:9: unknown key "chek", expected check'],
    ['with nothing expected', { expected: null }, 'launch.yaml:6:9: unknown key "chek"'],
    ['a warning', { severity: 'warning' }, 'launch.yaml:6:9: warning: unknown key "chek", expected check'],
  ])('%s', (_, changes, line) => {
    expect(problemLine({ ...PROBLEM, ...changes }, messagesFor('en').plan)).toBe(line);
  });

  test('in French', () => {
    expect(problemLine({ ...PROBLEM, severity: 'warning' }, messagesFor('fr').plan)).toBe(
      'launch.yaml:6:9: avertissement: unknown key "chek", attendu : check',
    );
  });
});

describe('the command shows no text of a plan as it is', () => {
  const SPOILT = 'a\u001B[2J\nb\u0007';
  let server: Listening;
  let folder: string;
  let respond: [status: number, body: unknown];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-problems-'));
    writeFileSync(join(folder, 'launch.yaml'), 'launch: shop\n');
    server = await listen((_, response) => answer(response, ...respond));
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const validate = (lang = 'C.UTF-8'): Promise<Ran> =>
    runCommand(['validate'], {
      cwd: folder,
      env: { LANG: lang, SLIPWAY_SERVER: server.url.href, SLIPWAY_TOKEN: 'token' },
    });

  test('among its problems', async () => {
    respond = [200, { ...REPORT, ok: false, problems: [{ ...PROBLEM, message: SPOILT }] } satisfies PlanReport];
    expect((await validate()).out.split('\n').slice(0, -2)).toEqual(['launch.yaml:6:9: a b , expected check']);
  });

  test('in what the server refuses', async () => {
    respond = [400, { code: 'wrong-input', message: SPOILT, problems: [`  ${SPOILT}`, 'é'] }];
    expect((await validate()).errors).toBe('  a b\né\nslipway: a b\n');
    expect((await validate('C')).errors).toBe('  a b\ne\nslipway: a b\n');
  });
});
