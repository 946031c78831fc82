import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

let folder: string;
let asked: { readonly text: string }[];
let version: string;
let api: Listening;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-plan-'));
  asked = [];
  version = '2.1.0';
  api = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      asked.push(JSON.parse(body));
      const [entry] = REPORT.timeline;
      const timeline = entry === undefined ? [] : [{ ...entry, what: [`puts ${version} in place, at 0.0.0.0:80`] }];
      answer(response, 200, { ...REPORT, artifact: { name: 'shop', version }, digest: 'ab12cd34ef56', timeline });
    });
  });
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

function slipway(...argv: readonly string[]): Promise<Ran> {
  const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
  return runCommand(argv, { env, cwd: folder });
}

describe('a plan that is not UTF-8', () => {
  test.each<[string, number[], number]>([
    ['Latin-1', [0x61, 0x3a, 0x20, 0xe9, 0x20, 0x62], 3],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 0],
    ['one that ends within a character', [0x61, 0xc3], 1],
    ['one with a bad byte after good signs', [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0x0a, 0x80], 6],
  ])('%s is refused at its place', async (_, bytes, offset) => {
    writeFileSync(join(folder, 'launch.yaml'), Uint8Array.from(bytes));
    const { code, errors } = await slipway('validate');
    expect(code).toBe(2);
    expect(errors).toBe(
      `slipway: launch.yaml is not UTF-8 at byte ${offset}: save it as UTF-8, which every editor can\n`,
    );
    expect(asked).toEqual([]);
  });

  test('is not one with accents, emoji, U+FFFD or a byte order mark', async () => {
    const text = '\uFEFFtitle: été 🚀 \uFFFD\n';
    writeFileSync(join(folder, 'launch.yaml'), text);
    await slipway('validate');
    expect(asked).toMatchObject([{ text }]);
  });
});

describe('a version that nobody gave', () => {
  const NAMED = 'launch: shop\nartifact: { name: shop, version: 0.0.0 }\nlisten: 0.0.0.0\n';
  const OPEN = 'launch: shop\nartifact: { name: shop }\nlisten: 0.0.0.0:80\n';

  test.each<[string, string, string, readonly string[], boolean]>([
    ['is not shown where the plan is open', '0.0.0', OPEN, [], false],
    ['is none where the plan names 0.0.0', '0.0.0', NAMED, [], true],
    ['is none where 0.0.0 was given', '0.0.0', OPEN, ['--artifact-version', '0.0.0'], true],
    ['is none where the plan names another', '2.1.0', OPEN, [], true],
  ])('%s', async (_, told, text, flags, isReal) => {
    version = told;
    writeFileSync(join(folder, 'launch.yaml'), text);
    const said = [(await slipway('plan', ...flags)).out, (await slipway('validate', ...flags)).out];
    for (const out of said) {
      expect(out.includes('ab12cd34ef56')).toBe(isReal);
      expect(out.includes('version given at start')).toBe(!isReal);
    }
    expect(said[0]).toContain(`puts ${isReal ? told : '(version given at start)'} in place, at 0.0.0.0:80`);
  });
});

test('validate does not care about a data folder that it cannot trust: it needs no server of it', async () => {
  const data = join(folder, '.slipway');
  mkdirSync(data);
  chmodSync(data, 0o777);
  writeFileSync(join(folder, 'launch.yaml'), 'launch: shop\n');
  const { errors } = await runCommand(['validate'], { cwd: folder });
  expect(errors).toContain('no Slipway server is installed');
});
