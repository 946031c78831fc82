import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { runCommand } from '../testing/test-context.ts';

const HOSTILE = '# Shop\n\n- title: \u001B[2Jgone\u0007 \u202Etxt.exe\n  indented\n';
const RECORD = { format: 'slipway-record-1', launch: 'shop-\u009B2J', events: [] };

let folder: string;
let api: Listening;
let asked: string[];
let env: Readonly<Record<string, string>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-records-'));
  asked = [];
  api = await listen((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.includes('markdown') === true) response.end(HOSTILE);
    else if (request.url?.includes('json') === true) answer(response, 200, RECORD);
    else answer(response, 200, { ok: true, launch: 'shop-1', events: 0, head: '', problem: null });
  });
  env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('verify', () => {
  test('asks no server that is named or at hand: it could say what it likes', async () => {
    writeFileSync(join(folder, 'record.json'), JSON.stringify({ ...RECORD, launch: 'shop-1' }));
    const { code, out } = await runCommand(['verify', 'record.json'], { cwd: folder, env });
    expect([code, out]).toEqual([1, 'The record is NOT whole: there are no events\n']);
    expect(asked).toEqual([]);
  });
});

describe('report', () => {
  const report = async (isTTY: boolean, ...flags: readonly string[]): Promise<string> => {
    const output = Object.assign(new PassThrough(), { isTTY });
    await runCommand(['report', '--launch', 'shop-1', ...flags], { env, output });
    return String(output.read());
  };

  test('to a terminal holds nothing that steers it', async () => {
    expect(await report(true)).toBe('# Shop\n\n- title: gone   txt.exe\n  indented\n');
  });

  test('to a pipe is as the server wrote it', async () => {
    expect(await report(false)).toBe(HOSTILE);
  });

  test.each([true, false])('as JSON is the same value, and steers nothing (terminal: %s)', async (isTTY) => {
    const text = await report(isTTY, '--format', 'json');
    expect(JSON.parse(text)).toEqual(RECORD);
    expect(text).not.toMatch(/[\u0080-\u009F]/);
  });
});
