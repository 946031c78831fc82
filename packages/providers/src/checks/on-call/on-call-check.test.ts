import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReadRota, RetryableError, type RotaShift } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  describeCheckConformance,
  rejectionOf,
  startTestServer,
  createTemporaryDirectory,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { cover } from './cover.ts';
import { onCallCheck } from './index.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const HOUR = 3_600_000;

/** A calendar of these tests: one shift a line, in hours from now. The real one is read by the engine. */
const rota: ReadRota = (text, span) => {
  const lines = text.split('\n').filter((line) => line !== '');
  const shifts = lines.map((line): RotaShift => {
    const [from = '', to = '', who = '', title = ''] = line.split('|');
    const at = (hours: string): number => NOW + Number(hours) * HOUR;
    return { from: at(from), to: at(to), who: who === '' ? [] : who.split('+'), title };
  });
  if (shifts.some(({ from }) => Number.isNaN(from))) return { ok: false, reason: 'it is not iCalendar' };
  return { ok: true, shifts: shifts.filter(({ from, to }) => from < span.to && to > span.from) };
};

const ask = async (lines: readonly string[], config: object = {}) => {
  await using directory = await createTemporaryDirectory();
  await writeFile(join(directory.path, 'on-call.ics'), lines.join('\n'));
  const context = createTestContext({ now: () => NOW, directory: directory.path, rota });
  const parsed = onCallCheck.schema.parse({ calendar: { file: 'on-call.ics' }, for: '8h', ...config });
  return await onCallCheck.run(parsed, contextFor(onCallCheck.needs, context));
};

describeCheckConformance(onCallCheck, async () => {
  const directory = await createTemporaryDirectory();
  const server = await startTestServer(() => undefined);
  await writeFile(join(directory.path, 'ann.ics'), '-1|9|ann');
  await writeFile(join(directory.path, 'short.ics'), '-1|2|ann');
  return {
    context: { directory: directory.path, now: () => NOW, rota, secrets: { TOKEN: 'Bearer top-secret-token' } },
    passing: { calendar: { file: 'ann.ics' }, for: '8h' },
    failing: { calendar: { file: 'short.ics' }, for: '8h' },
    cannotAsk: { calendar: { file: 'gone.ics' } },
    endless: {
      config: {
        calendar: { url: `${server.url}/on-call.ics`, headers: { authorization: { env: 'TOKEN' } } },
        timeout: '1h',
      },
      begun: async () => void (await vi.waitUntil(() => server.requests.length === 1, { timeout: 5000 })),
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await directory[Symbol.asyncDispose]();
    },
  };
});

describe('who is on call', () => {
  it.each<[string, readonly string[], object, string | null]>([
    ['one for all of it', ['-1|9|ann'], {}, null],
    ['one after the other', ['-1|3|ann', '3|9|bob'], {}, null],
    ['two at a time', ['-1|5|ann', '3|9|bob'], {}, null],
    ['nobody now', ['1|9|ann'], {}, '2026-11-24T09:00Z to 2026-11-24T10:00Z'],
    ['a gap between two', ['-1|3|ann', '4|9|bob'], {}, '2026-11-24T12:00Z to 2026-11-24T13:00Z'],
    ['nobody at the end', ['-1|3|ann'], {}, '2026-11-24T12:00Z to 2026-11-24T17:00Z'],
    ['a shift of nobody', ['-1|9|'], {}, '2026-11-24T09:00Z to 2026-11-24T17:00Z'],
    ['an empty calendar', [], {}, '2026-11-24T09:00Z to 2026-11-24T17:00Z'],
    ['less than a minute between two', ['-1|2.9997|ann', '3|9|bob'], {}, null],
    ['a rota of others', ['-1|9|ann|On Call - Billing'], { title: 'shop' }, '2026-11-24T09:00Z to 2026-11-24T17:00Z'],
    ['the right rota among others', ['-1|1|bob|Billing', '-1|9|ann|On Call - Shop'], { title: 'shop' }, null],
    ['only as long as is asked', ['-1|3|ann'], { for: '2h' }, null],
  ])('%s', async (_name, lines, config, gap) => {
    const { verdict, evidence } = await ask(lines, config);
    const said = gap === null ? 'on call for' : `nobody is on call from ${gap}`;
    expect([verdict, evidence.summary]).toEqual([gap === null ? 'pass' : 'fail', expect.stringContaining(said)]);
  });

  it('leaves who it is, and until when', async () => {
    const { evidence } = await ask(['-1|3|ann+eve', '3|9|bob']);
    expect(evidence).toEqual({
      summary: 'on call for 8h: ann, eve until 2026-11-24T12:00Z, then bob until 2026-11-24T17:00Z',
      items: [
        { asked: '2026-11-24T09:00Z to 2026-11-24T12:00Z', found: 'ann, eve', expected: 'somebody', verdict: 'pass' },
        { asked: '2026-11-24T12:00Z to 2026-11-24T17:00Z', found: 'bob', expected: 'somebody', verdict: 'pass' },
      ],
    });
  });
});

describe('a calendar that cannot be read says nothing', () => {
  const unreadable = async (config: object): Promise<unknown> => {
    await using directory = await createTemporaryDirectory();
    await mkdir(join(directory.path, 'folder.ics'));
    await writeFile(join(directory.path, 'large.ics'), 'x'.repeat(1_000_001));
    await writeFile(join(directory.path, 'broken.ics'), 'hello');
    const secrets = { ADDRESS: 'https://' };
    const context = createTestContext({ now: () => NOW, directory: directory.path, rota, secrets });
    const parsed = onCallCheck.schema.parse(config);
    return await rejectionOf(onCallCheck.run(parsed, contextFor(onCallCheck.needs, context)));
  };

  it.each(['gone.ics', 'folder.ics', 'large.ics', 'broken.ics'])('%s', async (file) => {
    const error = await unreadable({ calendar: { file } });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toHaveProperty('message', expect.stringContaining('cannot be read'));
  });

  it.each([
    ['an answer of trouble', 503, 'x', 'it answers 503'],
    ['more than it may be', 200, 'x'.repeat(1_000_001), 'more than 1 MB'],
    ['something else', 200, '<html>', 'it is not iCalendar'],
  ])('%s', async (_name, status, body, why) => {
    await using server = await startTestServer((_request, response) => response.writeHead(status).end(body));
    const error = await unreadable({ calendar: { url: `${server.url}/secret-key.ics` } });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toHaveProperty('message', expect.stringContaining(why));
    expect(String(error)).not.toContain('secret-key');
  });
});

it('covers all of the time asked for, without a hole and in order', () => {
  const shift = fc
    .record({
      from: fc.integer({ min: -20, max: 60 }),
      length: fc.integer({ min: 1, max: 30 }),
      who: fc.constantFrom('a', 'b', ''),
    })
    .map(({ from, length, who }): RotaShift => {
      const minutes = 60_000;
      return { from: from * minutes, to: (from + length) * minutes, who: who === '' ? [] : [who], title: '' };
    });
  fc.assert(
    fc.property(fc.array(shift, { maxLength: 8 }), fc.integer({ min: 1, max: 50 }), (shifts, minutes) => {
      const to = minutes * 60_000;
      const stretches = cover(shifts, 0, to);
      expect([stretches[0]?.from, stretches.at(-1)?.to]).toEqual([0, to]);
      expect(stretches.slice(1).map((stretch) => stretch.from)).toEqual(stretches.slice(0, -1).map((each) => each.to));
      for (let at = 0; at < to; at += 60_000) {
        const there = shifts.some((each) => each.who.length > 0 && each.from <= at && each.to > at);
        const said = stretches.find((each) => each.from <= at && each.to > at);
        expect((said?.who.length ?? 0) > 0).toBe(there);
      }
    }),
  );
});
