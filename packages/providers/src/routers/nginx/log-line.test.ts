import { expect, it } from 'vitest';
import type { LogLine } from './log-line.ts';
import { parseLine } from './log-line.ts';

const line = (changed: Readonly<Record<number, string>> = {}): string => {
  const fields = ['slipway1', 'p_a', '200', '200', '0.012', '0.020', 'OK', '1795267451.927', '0.030', '7'];
  return fields.map((field, index) => changed[index] ?? field).join('|');
};

const request: LogLine = {
  kind: 'request',
  upstream: 'p_a',
  outcome: '2xx',
  latency: 12,
  begunAt: 1_795_267_451_897,
  endedAt: 1_795_267_451_927,
  connection: 7,
};

it('reads a request', () => {
  expect(parseLine(line())).toEqual(request);
});

it.each<[string, Readonly<Record<number, string>>, Partial<LogLine>]>([
  ['redirected', { 3: '304' }, { outcome: '3xx' }],
  ['not found', { 3: '404' }, { outcome: '4xx' }],
  ['a failure of its own', { 2: '502', 3: '502' }, { outcome: '5xx' }],
  ['an answer that the team replaces', { 2: '200', 3: '500' }, { outcome: '5xx' }],
  ['a status that HTTP does not define', { 3: '999' }, { outcome: '5xx' }],
  ['a status that is none', { 3: '20' }, { outcome: '5xx' }],
  ['upgraded', { 3: '101', 6: '' }, { outcome: '1xx' }],
  ['nobody there', { 2: '502', 3: '502', 4: '-', 5: '0.000' }, { outcome: 'failed', latency: null }],
  ['late', { 2: '504', 3: '504', 4: '-', 5: '60.001' }, { outcome: 'failed', latency: null }],
  ['left before the head', { 2: '499', 3: '-', 4: '-', 5: '0.993', 6: '' }, { outcome: 'left', latency: null }],
  ['left after the head', { 6: '' }, { outcome: 'left', latency: 12 }],
  ['a second try', { 3: '502, 200', 4: '-, 0.004', 5: '0.001, 0.009' }, { outcome: '2xx', latency: 5 }],
  ['two tries that failed', { 2: '502', 3: '502, 502', 4: '-, -', 5: '0.001, 0.000' }, { outcome: 'failed' }],
  [
    'another location after it',
    { 3: '404 : 200', 4: '0.001 : 0.003', 5: '0.002 : 0.004' },
    { outcome: '2xx', latency: 5 },
  ],
])('reads %s', (_what, changed, expected) => {
  expect(parseLine(line(changed))).toMatchObject(expected);
});

const error = (message: string, rest = 'client: 127.0.0.1, server: , request: "GET / HTTP/1.1"'): string =>
  `2026/11/21 13:24:12 [error] 432#432: *15 ${message}, ${rest}`;

it.each([
  'upstream prematurely closed connection while reading upstream',
  'recv() failed (104: Connection reset by peer) while reading upstream',
  'upstream timed out (110: Connection timed out) while reading upstream',
  'upstream sent invalid chunked response while reading upstream',
])('reads that an answer broke off: %s', (message) => {
  expect(parseLine(error(message))).toEqual({ kind: 'broken', connection: 15 });
});

it.each([
  ['no line', ''],
  ['another format', line({ 0: 'slipway2' })],
  ['a line with more', `${line()}|1`],
  ['a line that was cut', line().slice(0, -12)],
  ['a time that is none', line({ 7: 'now' })],
  ['a connection that is none', line({ 9: 'x' })],
  ['what nginx answered itself', line({ 3: '-', 4: '-', 5: '-' })],
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
  expect(parseLine(text)).toBeNull();
});
