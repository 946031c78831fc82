import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Said, slipway as slipwayIn } from './support/command-line.ts';
import { ROOT } from './support/real-server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const slipway = (...argv: readonly string[]): Promise<Said> => slipwayIn({ folder }, ...argv);
const write = (text: string): void => writeFileSync(join(folder, 'launch.yaml'), text);
const example = (name: string): string => readFileSync(join(ROOT, 'examples', name, 'launch.yaml'), 'utf8');

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number };
      };
    },
  ];
}

/** SARIF 2.1.0, as far as a code host reads it. */
interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    },
  ];
}

const NO_WAY_BACK = `launch: mails
artifact: { name: shop, version: 1.0.0 }
phases:
  - phase: production
    steps:
      - { run: Send mails, command: [node, send.js], effect: executive, undo: { none: they are read } }
`;

describe('slipway lint', () => {
  test('names what goes wrong by code, with line and link, and fails', async () => {
    write(NO_WAY_BACK);
    const { code, out } = await slipway('lint');
    expect(code).toBe(2);
    expect(out).toMatch(/launch\.yaml:6:\d+/);
    expect(out).toMatch(/SLW\d{3}/);
    expect(out).toContain('docs/explanation/red-flags.md#');
  });

  test('as SARIF: each result has its rule, and stands at its line', async () => {
    write(NO_WAY_BACK);
    const { code, out, errors } = await slipway('lint', '--format', 'sarif');
    expect([code, errors]).toEqual([2, '']);
    const sarif = JSON.parse(out) as Sarif;
    const [{ tool, results }] = sarif.runs;
    const rules = tool.driver.rules.map(({ id }) => id);
    expect(sarif.version).toBe('2.1.0');
    expect(results.length).toBeGreaterThan(0);
    for (const { ruleId } of results) expect(rules).toContain(ruleId);
    const [found] = results.filter(({ message }) => message.text.includes('Send mails'));
    expect(found).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'launch.yaml' }, region: { startLine: 6 } } }],
    });
  });

  test('is content with a sound plan; a warning fails where the team is strict', async () => {
    write(example('flag-rollout'));
    const [lax, strict] = [await slipway('lint'), await slipway('lint', '--strict')];
    expect(lax.code).toBe(0);
    expect(strict.code).toBe(/warning/i.test(lax.out) ? 2 : 0);
  });

  test('a file that is not there, or is no plan, is not content either', async () => {
    expect((await slipway('lint')).code).not.toBe(0);
    write('launch: [');
    expect((await slipway('lint', '--format', 'sarif')).code).toBe(2);
  });
});

const USUAL = {
  change: 'feature',
  users: '20000',
  traffic: '3000/min',
  reversible: 'yes',
  instances: '4',
  router: 'yes',
  flags: 'no',
  risk: 'high',
  audience: 'b2b',
};

const advise = (answers: Partial<typeof USUAL>, ...more: readonly string[]): Promise<Said> =>
  slipway('advise', ...Object.entries(answers).flatMap(([key, value]) => [`--${key}`, value]), ...more);

describe('slipway advise', () => {
  test('recommends a strategy, says why, and its plan is valid as it stands', async () => {
    const { code, out } = await advise(USUAL, '--json');
    expect(code).toBe(0);
    const advice = JSON.parse(out) as {
      readonly strategy: string;
      readonly rules: readonly object[];
      readonly fragment: string;
    };
    expect(advice.strategy).toBe('canary');
    expect(advice.rules.length).toBeGreaterThan(0);
    write(advice.fragment);
    const checked = await slipway('validate', '--json');
    expect(checked).toMatchObject({ code: 0 });
    expect(JSON.parse(checked.out)).toMatchObject({ ok: true });
  });

  test('says the same in words, and otherwise where something else is so', async () => {
    const [many, one] = [await advise(USUAL), await advise({ ...USUAL, router: 'no', instances: '1' })];
    expect([many.code, one.code]).toEqual([0, 0]);
    expect(many.out).toMatch(/canary/i);
    expect(one.out.split('\n', 1)).not.toEqual(many.out.split('\n', 1));
  });

  test('asks nobody where nobody can answer: it says what must be given', async () => {
    const { change: _, ...rest } = USUAL;
    const refused = await advise(rest);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.errors).toContain('--change');
  });
});
