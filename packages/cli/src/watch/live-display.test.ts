import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PassThrough } from 'node:stream';
import type { OutputStream } from '../context.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';
import { LiveDisplay } from './live-display.ts';

let output: PassThrough & OutputStream;
let display: LiveDisplay;
beforeEach(() => {
  vi.useFakeTimers();
  output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 60 });
  display = new LiveDisplay(output, () => screen({ width: 80, now: AT }));
});
afterEach(() => vi.useRealTimers());

/** What was written since it was last read. */
const written = (): string => String(output.read() ?? '');
const drawn = (): string => {
  vi.advanceTimersByTime(200);
  return written();
};

test('draws the launch, and again only what is new', () => {
  display.show(VIEW);
  expect(drawn()).toContain('Roll out to production');
  display.show({ ...VIEW, headline: 'Something else' });
  expect(drawn()).toContain('Something else');
  display.end();
});

test('says first that what it shows is old, and no more once it is not', () => {
  display.show(VIEW);
  drawn();
  display.lost(AT, 'nobody there');
  expect(drawn()).toContain('connection lost; last known state of 09:00:00');
  display.show(VIEW);
  drawn();
  display.end();
  expect(written()).not.toContain('connection lost');
});

test('says since when and why it is lost, that it tries again, and what to do', () => {
  display.show(VIEW);
  drawn();
  display.lost(AT - 12_000, 'nothing listens there');
  const text = drawn();
  expect(text).toContain('nothing heard for 0:12');
  expect(text).toContain('nothing listens there');
  expect(text).toContain('tries again by itself');
  expect(text).toContain('slipway serve');
  display.end();
});

test('says why it sees nothing, where there was no connection from the start', () => {
  display.lost(AT, 'nothing listens there');
  expect(drawn()).toContain('▲ nothing listens there');
  display.end();
  expect(written()).not.toContain('RUNNING');
});

test('leaves the whole launch behind when it ends, however small the terminal', () => {
  Object.assign(output, { rows: 5 });
  display.show(VIEW);
  expect(drawn()).not.toContain('The tree is clean');
  display.end();
  expect(written()).toContain('The tree is clean');
  expect(vi.getTimerCount()).toBe(0);
});
