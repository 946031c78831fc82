import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policyForReport, policyOf, POLICY_FILE } from './policy.ts';
import { readPlan } from './read-plan.ts';
import { reportPlan } from './report.ts';

const FLOOR = 'signoffs: { production: { by: { tech: 1 } } }';
const PLAN = `launch: shop
artifact: { name: shop, version: 2.1.0 }
people: { tech: [tess@shop.example] }
phases:
  - phase: production
    steps:
      - { run: Migrate, command: [migrate], effect: executive, undo: { none: it only adds } }
`;
const language = createPlanLanguage(registry);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-policy-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the policy that a launch starts under', () => {
  test('is none where there is none', async () => {
    expect(await policyOf({ policyFile: null }, folder)).toBeNull();
  });

  test('lies beside the plan', async () => {
    await writeFile(join(folder, POLICY_FILE), FLOOR);
    const policy = await policyOf({ policyFile: null }, folder);
    expect(policy?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(policy?.rules.signoffs.production?.quorum).toEqual({ tech: 1 });
  });

  test("is the server's alone, where it has one", async () => {
    await writeFile(join(folder, POLICY_FILE), FLOOR);
    const policyFile = join(folder, 'own.yaml');
    await writeFile(policyFile, 'waivers: { never: [git] }');
    const policy = await policyOf({ policyFile }, folder);
    expect(policy?.rules).toMatchObject({ signoffs: {}, waivers: { never: ['git'] } });
    const sent = { text: '', file: '', policy: { text: FLOOR, file: POLICY_FILE } };
    expect(await policyForReport({ policyFile }, sent)).toEqual(policy?.rules);
  });

  test.each([
    ['is wrong', 'signoff: {}', /the policy is wrong.*:1:1: unknown key/],
    ['is empty', '', /the policy is wrong/],
    ['is too long', `# ${'x'.repeat(1_000_001)}`, /the policy is wrong.*1\.0 MB/],
  ])('stops every start where it %s', async (_name, text, message) => {
    await writeFile(join(folder, POLICY_FILE), text);
    await expect(policyOf({ policyFile: null }, folder)).rejects.toMatchObject({
      status: 422,
      body: { code: 'wrong-input', message: expect.stringMatching(message) },
    });
  });

  test('stops every start where the server cannot read its own', async () => {
    await expect(policyOf({ policyFile: join(folder, 'gone.yaml') }, folder)).rejects.toMatchObject({
      body: { message: expect.stringContaining('gone.yaml cannot be read, and without it nothing starts') },
    });
    await expect(policyOf({ policyFile: folder }, folder)).rejects.toMatchObject({ status: 422 });
  });
});

test('a plan that is looser is refused when it is looked at and when it is started, at the step', async () => {
  await writeFile(join(folder, POLICY_FILE), FLOOR);
  const request = { text: PLAN, file: 'launch.yaml' };
  const sent = await policyForReport({ policyFile: null }, { ...request, policy: { text: FLOOR, file: POLICY_FILE } });
  const policy = await policyOf({ policyFile: null }, folder);
  if (policy === null || sent === null) throw new Error('there is no policy');
  expect(sent).toEqual(policy.rules);
  const report = reportPlan(language, { ...request, rules: sent }, 0);
  expect(report.problems).toMatchObject([{ line: 7, column: 9, path: 'phases[0].steps[0]', severity: 'error' }]);
  expect(() => readPlan(language, { ...request, rules: policy.rules })).toThrow(/no sign-off stands in front of it/);
  expect(reportPlan(language, request, 0).ok).toBe(true);
});
