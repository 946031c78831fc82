import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CalendarAnswer } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { VIEW } from '../testing/sample-launch.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

const ICS = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
const CLOSED: CalendarAnswer = {
  zone: 'Europe/Paris',
  at: '2026-11-27 15:00',
  allowed: false,
  change: '2026-12-01 10:00',
  why: ['never Fri 12:00-24:00'],
  ics: ICS,
};

let folder: string;
let sent: unknown[];
let told: CalendarAnswer;
let api: Listening;
beforeEach(async () => {
  [sent, told] = [[], CLOSED];
  folder = mkdtempSync(join(tmpdir(), 'slipway-calendar-'));
  writeFileSync(join(folder, 'launch.yaml'), 'launch: shop\n');
  api = await listen((request, response) => {
    if (request.method === 'GET') return answer(response, 200, VIEW);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      sent.push(JSON.parse(body));
      answer(response, 200, request.url === '/api/v1/plans/calendar' ? told : VIEW);
    });
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

describe('calendar check', () => {
  test.each<[string, Partial<CalendarAnswer>, readonly string[], number, readonly string[]]>([
    [
      'where it is closed',
      {},
      [],
      3,
      [
        '2026-11-27 15:00 (Europe/Paris): steps that change production may NOT begin:',
        '  never Fri 12:00-24:00',
        'It opens at 2026-12-01 10:00.',
      ],
    ],
    [
      'where it never opens, in French',
      { change: null },
      ['--lang', 'fr'],
      3,
      [
        '2026-11-27 15:00 (Europe/Paris) : les étapes qui changent la production ne peuvent PAS commencer :',
        '  never Fri 12:00-24:00',
        "Cela n'ouvre pas dans l'année.",
      ],
    ],
    [
      'where it is open',
      { allowed: true, why: [] },
      [],
      0,
      ['2026-11-27 15:00 (Europe/Paris): steps that change production may begin.', 'It closes at 2026-12-01 10:00.'],
    ],
  ])('%s', async (_, own, words, code, lines) => {
    told = { ...CLOSED, ...own };
    expect(await slipway('calendar', 'check', '--at', '2026-11-27T15:00', ...words)).toEqual({
      code,
      out: `${lines.join('\n')}\n`,
      errors: '',
    });
    expect(sent).toEqual([{ text: 'launch: shop\n', file: 'launch.yaml', at: '2026-11-27T15:00' }]);
  });

  test('asks for another urgency, and answers in JSON', async () => {
    const { out } = await slipway('calendar', 'check', '--urgency', 'hotfix-p2', '--json');
    expect(sent).toMatchObject([{ urgency: 'hotfix-p2' }]);
    const { ics: _ics, ...rest } = CLOSED;
    expect(JSON.parse(out)).toEqual(rest);
  });
});

describe('calendar export', () => {
  test('writes iCalendar, to a file where one is named', async () => {
    expect((await slipway('calendar', 'export')).out).toBe(ICS);
    await slipway('calendar', 'export', '--output', 'launch.ics');
    expect(readFileSync(join(folder, 'launch.ics'), 'utf8')).toBe(ICS);
  });

  test('says where a file cannot be written', async () => {
    expect(await slipway('calendar', 'export', '--output', 'gone/launch.ics')).toMatchObject({ code: 2 });
  });
});

test('calendar files that the plan names are sent with it, from its folder and nowhere else', async () => {
  mkdirSync(join(folder, 'ics'));
  writeFileSync(join(folder, 'ics/a.ics'), ICS);
  writeFileSync(join(folder, '../outside.ics'), ICS);
  const text = 'calendar:\n  freeze-files: [ics/a.ics, ../outside.ics, gone.ics, launch.yaml]\n';
  writeFileSync(join(folder, 'launch.yaml'), text);
  await slipway('calendar', 'check');
  rmSync(join(folder, '../outside.ics'));
  expect(sent).toMatchObject([{ text, files: { 'ics/a.ics': ICS } }]);
  expect(Object.keys((sent[0] as { files: object }).files)).toEqual(['ics/a.ics']);
});

describe('steering by the calendar', () => {
  test.each<[readonly string[], unknown]>([
    [['slip', 'shop-1', '--by', '30m', '--reason', 'late'], { type: 'slip', by: '30m', reason: 'late' }],
    [['slip', 'shop-1', '--by=-1h', '--reason', 'early'], { type: 'slip', by: '-1h', reason: 'early' }],
    [
      ['slip', '--launch', 'shop-1', '--to', '2026-11-25T10:00', '--reason', 'late'],
      { type: 'slip', to: '2026-11-25T10:00', reason: 'late' },
    ],
    [
      ['override-window', 'go', '--launch', 'shop-1', '--reason', 'P1'],
      { type: 'override-window', step: 'go', reason: 'P1' },
    ],
  ])('%j is sent', async (argv, command) => {
    expect(await slipway(...argv)).toMatchObject({ code: 0 });
    expect(sent).toEqual([command]);
  });

  test.each([[[]], [['--to', '2026-11-25T10:00', '--by', '1h']]])(
    'T-0 slips either to a time or by a length, not by %j',
    async (words) => {
      const ran = await slipway('slip', 'shop-1', '--reason', 'late', ...words);
      expect(ran).toMatchObject({ code: 2, errors: expect.stringContaining('either --to') });
      expect(sent).toEqual([]);
    },
  );
});
