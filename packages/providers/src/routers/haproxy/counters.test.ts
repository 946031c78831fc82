import { expect, it } from 'vitest';
import type { Counters } from './counters.ts';
import { minus, noCounters, outcomes, plus } from './counters.ts';

const none = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };

// What HAProxy 2.6 counts in each case was read from a real one.
it.each<[string, Partial<Counters>, number, number, Partial<typeof none>]>([
  ['nothing', {}, 0, 0, {}],
  [
    'one answer of each class',
    { stot: 4, hrsp_2xx: 1, hrsp_3xx: 1, hrsp_4xx: 1, hrsp_5xx: 1 },
    0,
    4,
    { '2xx': 1, '3xx': 1, '4xx': 1, '5xx': 1 },
  ],
  ['a status that HTTP does not define', { stot: 1, hrsp_other: 1 }, 0, 1, { '5xx': 1 }],
  ['no connection, after three more tries', { stot: 4, wretr: 3, econ: 1 }, 0, 1, { failed: 1 }],
  ['no connection, then another server', { stot: 1, wredis: 1 }, 0, 0, {}],
  ['no answer', { stot: 1, eresp: 1 }, 0, 1, { failed: 1 }],
  ['half an answer', { stot: 1, hrsp_2xx: 1, eresp: 1, srv_abrt: 1 }, 0, 1, { failed: 1 }],
  ['a connection that ends while a body is sent', { stot: 1, srv_abrt: 1 }, 0, 1, { failed: 1 }],
  ['a client that left', { stot: 1 }, 0, 1, {}],
  ['a request in flight', { stot: 1 }, 1, 1, {}],
  ['an open WebSocket', { stot: 1, hrsp_1xx: 1 }, 1, 1, { '1xx': 1 }],
  ['a WebSocket that the version ended', { stot: 1, hrsp_1xx: 1, srv_abrt: 1 }, 0, 1, { '1xx': 1 }],
  ['100 Continue before the answer', { stot: 1, hrsp_1xx: 1, hrsp_2xx: 1 }, 0, 1, { '2xx': 1 }],
])('%s', (_what, counters, inFlight, requests, answers) => {
  expect(outcomes({ ...noCounters, ...counters }, inFlight)).toEqual({ requests, answers: { ...none, ...answers } });
});

it('adds and takes away', () => {
  const one = { ...noCounters, stot: 5, hrsp_2xx: 3 };
  expect(plus(one, one)).toMatchObject({ stot: 10, hrsp_2xx: 6, econ: 0 });
  expect(minus(plus(one, one), one)).toEqual(one);
});
