import { expect, it } from 'vitest';
import type { LogLine } from './log-line.ts';
import { parseLine } from './log-line.ts';

const mark = 'slipway-7f';

const line = (changed: Readonly<Record<number, string>> = {}): string => {
  const fields = [mark, '31', 'p_a', '200', '200', '0.012', '0.020', 'OK', '1795267451.927', '0.030', '7'];
  return fields.map((field, index) => changed[index] ?? field).join('|');
};

const request: LogLine = {
  kind: 'request',
  upstream: 'p_a',
  outcome: '2xx',
  latency: 12,
  begunAt: 1_795_267_451_897,
  endedAt: 1_795_267_451_927,
  connection: '31*7',
};

it('reads a request', () => {
  expect(parseLine(line(), mark)).toEqual(request);
});

it.each<[string, Readonly<Record<number, string>>, Partial<LogLine>]>([
  ['redirected', { 4: '304' }, { outcome: '3xx' }],
  ['not found', { 4: '404' }, { outcome: '4xx' }],
  ['a failure of its own', { 3: '502', 4: '502' }, { outcome: '5xx' }],
  ['an answer that the team replaces', { 3: '200', 4: '500' }, { outcome: '5xx' }],
  ['a status that HTTP does not define', { 4: '999' }, { outcome: '5xx' }],
  ['a status that is none', { 4: '20' }, { outcome: '5xx' }],
  ['upgraded', { 4: '101', 7: '' }, { outcome: '1xx' }],
  ['nobody there', { 3: '502', 4: '502', 5: '-', 6: '0.000' }, { outcome: 'failed', latency: null }],
  ['late', { 3: '504', 4: '504', 5: '-', 6: '60.001' }, { outcome: 'failed', latency: null }],
  ['left before the head', { 3: '499', 4: '-', 5: '-', 6: '0.993', 7: '' }, { outcome: 'left', latency: null }],
  ['left after the head', { 7: '' }, { outcome: 'left', latency: 12 }],
  ['a second try', { 4: '502, 200', 5: '-, 0.004', 6: '0.001, 0.009' }, { outcome: '2xx', latency: 5 }],
  ['two tries that failed', { 3: '502', 4: '502, 502', 5: '-, -', 6: '0.001, 0.000' }, { outcome: 'failed' }],
  [
    'another location after it',
    { 4: '404 : 200', 5: '0.001 : 0.003', 6: '0.002 : 0.004' },
    { outcome: '2xx', latency: 5 },
  ],
])('reads %s', (_what, changed, expected) => {
  expect(parseLine(line(changed), mark)).toMatchObject(expected);
});

const error = (message: string, rest = 'client: 127.0.0.1, server: , request: "GET / HTTP/1.1"'): string =>
  `2026/11/21 13:24:12 [error] 432#432: *15 ${message}, ${rest}`;

it.each([
  'upstream prematurely closed connection while reading upstream',
  'recv() failed (104: Connection reset by peer) while reading upstream',
  'upstream timed out (110: Connection timed out) while reading upstream',
  'upstream sent invalid chunked response while reading upstream',
])('reads that an answer broke off: %s', (message) => {
  expect(parseLine(error(message), mark)).toEqual({ kind: 'broken', connection: '432*15' });
});

it.each([
  ['no line', ''],
  ['another format', line({ 0: 'slipway1' })],
  ['a line with more', `${line()}|1`],
  ['a line that was cut', line().slice(0, -12)],
  ['a time that is none', line({ 8: 'now' })],
  ['a connection that is none', line({ 10: 'x' })],
  ['what nginx answered itself', line({ 4: '-', 5: '-', 6: '-' })],
  ['a connection that was refused', error('connect() failed (111: Connection refused) while connecting to upstream')],
  [
    'a client that broke off',
    error('recv() failed (104: Connection reset by peer) while proxying upgraded connection'),
  ],
  [
    'what a client sent',
    error('open() "/x" failed (2: No such file)', 'client: ::1, request: "GET /x while reading upstream, client: "'),
  ],
  ['a warning', error('x while reading upstream').replace('[error]', '[warn]')],
])('passes over %s', (_what, text) => {
  expect(parseLine(text, mark)).toBeNull();
});
