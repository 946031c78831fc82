import type { LaunchEvent } from '@slipway/core';
import { expect, test } from 'vitest';
import { launchAfter, T0 } from './testing/launches.ts';
import { waitingMessagesOf } from './waiting-messages.ts';

const queued = (own: object): LaunchEvent => ({
  type: 'notice-queued',
  notice: '~notice:2.0',
  step: null,
  moment: 'started',
  channel: 'team',
  message: { to: ['team'], title: 'T', text: 'T' },
  ...own,
});
const started = (step: string): LaunchEvent => ({ type: 'step-started', step });
const until = T0 + 60_000;

test.each<readonly [string, readonly LaunchEvent[], object]>([
  ['that may leave', [queued({})], {}],
  [
    'in quiet hours',
    [queued({ until })],
    { waitingMessages: [{ channel: 'team', about: 'started', until, standsFor: 1 }] },
  ],
  [
    'that stands for others',
    [queued({ until }), queued({ notice: '~notice:3.0', until, instead: '~notice:2.0', standsFor: 2 })],
    { waitingMessages: [{ channel: 'team', about: 'started', until, standsFor: 2 }] },
  ],
  [
    'that has begun to leave',
    [queued({ until }), { type: 'effect-started', effect: '~notice:2.0', attempt: 1, touches: null }],
    {},
  ],
  [
    'of a step',
    [started('it-is-live'), queued({ step: 'it-is-live', moment: null, until })],
    { waitingMessages: [{ channel: 'team', about: 'It is live', until, standsFor: 1 }] },
  ],
  ['of a step that is not active', [queued({ step: 'it-is-live', moment: null, until })], {}],
  [
    'of a step on the way back',
    [
      started('it-is-live'),
      queued({ step: 'it-is-live', moment: null, until }),
      { type: 'turning-back', cause: { kind: 'abort', reason: 'enough' }, ending: 'scrubbed', stopBy: T0 },
    ],
    {},
  ],
])('a message %s', (_what, events, shown) => {
  expect(waitingMessagesOf(launchAfter(...events))).toEqual(shown);
});
