import type { LaunchEvent } from '@slipway/core';
import { launchView as schema } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { launchView } from './launch-view.ts';
import { signoffsOf, votesOf } from './signoffs.ts';
import { at } from './testing/events.ts';
import { launchAfter } from './testing/launches.ts';
import { waitingForOf } from './waiting-for.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** By rita, as all events of these launches are. */
const cast: LaunchEvent = {
  type: 'vote-cast',
  step: 'go-no-go',
  vote: 'go',
  roles: ['release-manager'],
  reason: 'seen',
  basis: { seq: 1, hash: 'hash-1' },
  conditions: ['the backup is proved', 'dan is on call'],
};
const met: LaunchEvent = { type: 'condition-met', step: 'go-no-go', condition: 2, proof: 'roster' };

describe('an open sign-off', () => {
  const launch = launchAfter(...at('go-no-go'), cast, met);

  test('says who it waits for', () => {
    expect(signoffsOf(launch)).toEqual([
      {
        step: 'go-no-go',
        roles: [
          { role: 'release-manager', missing: 1, people: ['remy@shop.example'], delegates: [] },
          { role: 'support-lead', missing: 1, people: ['sam@shop.example'], delegates: [] },
        ],
        conditions: [{ number: 1, text: 'the backup is proved', person: 'rita@shop.example' }],
        fallen: [],
      },
    ]);
  });

  test.each([
    [en, 'condition 1 of the GO: the backup is proved'],
    [fr, 'condition 1 du GO : the backup is proved'],
  ])('asks for each condition with the command that meets it: %#', (words, what) => {
    expect(waitingForOf(launch, words)).toContainEqual({
      step: 'go-no-go',
      who: 'rita@shop.example',
      what,
      how: 'slipway condition met go-no-go 1 --proof …',
      basis: null,
    });
  });

  test('is a view as the wire has it', () => {
    const view = launchView(launch, { look: null, activity: {} }, 'en');
    expect(schema.parse(view).votes).toEqual(votesOf(launch));
    expect(view.votes[0]?.conditions).toEqual([
      { number: 1, text: 'the backup is proved', person: 'rita@shop.example', met: null },
      { number: 2, text: 'dan is on call', person: 'rita@shop.example', met: 'rita@shop.example: roster' },
    ]);
  });
});

test('a vote that fell says why, and one that stands says no more than it did', () => {
  const { conditions: _none, ...plain } = cast as Extract<LaunchEvent, { type: 'vote-cast' }>;
  const fallen = launchAfter(...at('go-no-go'), plain, {
    type: 'votes-expired',
    step: 'go-no-go',
    people: ['rita@shop.example'],
  });
  expect(votesOf(fallen)).toMatchObject([{ stands: false, fell: 'expired' }]);
  const [stands] = votesOf(launchAfter(...at('go-no-go'), plain));
  expect(Object.keys(stands ?? {})).toEqual(['step', 'person', 'vote', 'roles', 'reason', 'at', 'stands']);
});

test('a launch on its way back waits for no vote', () => {
  const launch = launchAfter(...at('go-no-go'), {
    type: 'turning-back',
    cause: { kind: 'abort', reason: 'no' },
    ending: 'scrubbed',
    stopBy: 0,
  });
  expect(signoffsOf(launch)).toEqual([]);
});
