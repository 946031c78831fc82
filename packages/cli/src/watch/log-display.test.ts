import type { LaunchView, Look } from '@slipway/contract';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import type { Screen } from '../render/screen.ts';
import { spoil } from '../testing/hostile.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';
import { LogDisplay } from './log-display.ts';

const QUIET: LaunchView = { ...VIEW, phases: [], environments: [], look: null };

/** A log, and the lines that were written since it was last read. */
function log(terminal: Partial<Screen> = {}): {
  display: LogDisplay;
  at: (now: number) => void;
  lines: () => string[];
} {
  const output = new PassThrough();
  let now = AT;
  const display = new LogDisplay(output, () => screen({ ...terminal, now }));
  const read = (): string => String(output.read() ?? '');
  return { display, at: (ms) => (now = AT + ms), lines: () => read().split('\n').slice(0, -1) };
}

describe('a log of a launch', () => {
  test('writes each line once, on the clock of the launch', () => {
    const { display, at, lines } = log();
    display.show(QUIET);
    expect(lines()).toEqual([
      '09:00:00 T+00:00:00 RUNNING · A new version of the shop 2.1.0 · Production: Roll out to production',
    ]);
    at(5_000);
    display.show({ ...QUIET, seq: 59 });
    expect(lines()).toEqual([]);
    const held: LaunchView = { ...QUIET, state: 'held', headline: 'Held', causes: ['a spike'] };
    display.show(held);
    expect(lines()).toEqual(['09:00:05 T+00:00:05 HELD · Held', '09:00:05 T+00:00:05 because: a spike']);
    display.show({ ...held, seq: 60 });
    display.end();
    expect(lines()).toEqual([]);
  });

  test('says once that the connection is lost, once that it is back, and what happened between', () => {
    const { display, at, lines } = log();
    display.show(QUIET);
    lines();
    at(9_000);
    display.lost(AT + 4_000, 'nobody there');
    display.lost(AT + 4_000, 'still nobody');
    expect(lines()).toEqual(['09:00:09 T+00:00:09 connection lost; last known state of 09:00:04 · nobody there']);
    at(12_000);
    display.show({ ...QUIET, state: 'completed', headline: 'Done' });
    display.show({ ...QUIET, state: 'completed', headline: 'Done' });
    expect(lines()).toEqual(['09:00:12 T+00:00:12 connected again', '09:00:12 T+00:00:12 COMPLETED · Done']);
    display.lost(AT + 12_000, 'gone');
    expect(lines()).toHaveLength(1);
  });

  test('says why it sees nothing, where there was no connection from the start', () => {
    const { display, lines } = log();
    display.lost(AT, 'nobody\nthere');
    display.lost(AT, 'nobody there');
    expect(lines()).toEqual(['nobody there']);
    display.show(QUIET);
    expect(lines()[0]).toBe('09:00:00 T+00:00:00 connected again');
  });

  test('shows no text that steers the terminal', () => {
    const { display, lines } = log({ unicode: false });
    display.lost(AT, spoil('x'));
    display.show(spoil(VIEW));
    display.lost(AT, spoil('x'));
    const written = lines();
    expect(written.length).toBeGreaterThan(5);
    for (const line of written) expect(line).toMatch(/^[ -~]*$/);
  });
});

describe('the figures of the moment', () => {
  const look: Look = {
    ...(VIEW.look as Look),
    metrics: [
      { name: 'errors', unit: 'ratio', new: 0.1111, old: null },
      { name: 'latency', unit: 'milliseconds', new: 29.4, old: 8.25 },
    ],
  };
  const measured: LaunchView = {
    ...QUIET,
    look,
    activity: [
      { step: null, text: 'waits' },
      { step: 'build', text: '3 of 5' },
    ],
  };

  test.each<[string, Partial<Screen>, Partial<Look>, string]>([
    [
      'in English',
      {},
      {},
      'too early to tell · 0:04 of 0:08 · 9 requests (at least 50 needed) · errors new 11.11 % / old no reading · latency new 29 ms / old 8.3 ms',
    ],
    [
      'in French',
      { messages: messagesFor('fr') },
      {},
      'trop tôt pour le dire · 0:04 sur 0:08 · 9 requêtes (il en faut 50) · errors nouvelle 11,11 % / ancienne aucune mesure · latency nouvelle 29 ms / ancienne 8,3 ms',
    ],
    [
      'without samples',
      {},
      { samples: null, metrics: [] },
      'too early to tell · 0:04 of 0:08 · unknown requests (at least 50 needed)',
    ],
  ])('%s', (_, terminal, changed, text) => {
    const { display, at, lines } = log(terminal);
    const view = { ...measured, look: { ...look, ...changed } };
    display.show(view);
    lines();
    at(30_000);
    display.show(view);
    expect(lines()).toEqual([
      `09:00:30 T+00:00:30 ${text}`,
      '09:00:30 T+00:00:30 waits',
      '09:00:30 T+00:00:30 build: 3 of 5',
    ]);
  });

  test('come every half minute, not more often', () => {
    const { display, at, lines } = log();
    display.show(measured);
    lines();
    const counts = [29_999, 30_000, 30_001, 59_999, 60_000].map((ms) => {
      at(ms);
      display.show(measured);
      return lines().length;
    });
    expect(counts).toEqual([0, 3, 0, 0, 3]);
  });
});
