import { beforeAll, expect, test } from 'vitest';
import { Campaign } from './campaign.ts';
import type { Flight } from './fly.ts';
import { brokenBy } from './invariants.ts';

let calm: Flight;
/** Died in the middle of the blind step; a person was asked, and it came to its end. */
let asked: Flight;

beforeAll(async () => {
  using campaign = new Campaign();
  ({ flight: calm } = await campaign.calm('there'));
  ({ flight: asked } = await campaign.fly({ plan: 'there', deaths: [{ kind: 'work-said', n: 5 }] }));
}, 60_000);

type Event = Flight['events'][number]['event'];

/** With something else in the place of the word that nobody knows. */
function insteadOfUnknown(flight: Flight, other: (event: Event & { type: 'effect-settled' }) => Event): Flight {
  const changed = ({ event }: { readonly event: Event }): Event =>
    event.type === 'effect-settled' && event.outcome.result === 'unknown' ? other(event) : event;
  return { ...flight, events: flight.events.map((stored) => ({ ...stored, event: changed(stored) })) };
}

test('a flight that kept everything breaks nothing', () => {
  expect(asked.lives.map((life) => life.end)).toEqual(['died', 'survived']);
  expect(asked.events.some(({ event }) => event.type === 'outcome-answered')).toBe(true);
  expect(brokenBy(asked, calm)).toEqual([]);
});

const lies: readonly [what: string, lie: (flight: Flight) => Partial<Flight>, found: RegExp][] = [
  [
    'a promised event is gone',
    ({ events }) => ({ events: events.slice(0, -1) }),
    /^event \d+ of there\S+ was promised/m,
  ],
  [
    'another stands in its place',
    ({ events }) => ({ events: events.with(2, { ...events[2]!, hash: 'x' }) }),
    /^event 3 /m,
  ],
  ['the chain is broken', () => ({ chainProblem: 'here' }), /^the chain is broken: here$/m],
  ['something was done twice', ({ deeds }) => ({ deeds: [...deeds, 'do first'] }), /^do first: twice$/m],
  [
    'it was done after it was undone',
    ({ deeds }) => ({ deeds: ['undo first', ...deeds] }),
    /^do first: after it was undone$/m,
  ],
  ['something was not done', ({ deeds }) => ({ deeds: deeds.slice(1) }), /^deeds: /m],
  ['a message left twice', ({ messages }) => ({ messages: [...messages, ...messages] }), /^messages: 6 instead of 3/m],
  [
    'a message went to the place of another',
    ({ messages }) => ({ messages: messages.with(0, messages[1]!) }),
    /^different messages: 2/m,
  ],
  [
    'it ended elsewhere',
    ({ events }) => ({ events: events.filter(({ event }) => event.type !== 'launch-ended') }),
    /^end: running/m,
  ],
  ['a second launch began', () => ({ launches: ['one-1', 'one-2'] }), /^there are 2 launches$/m],
  ['work was left in the queue', () => ({ leftovers: ['one-1/first:0.0'] }), /^one-1\/first:0.0 is left over$/m],
  [
    'an error was told',
    ({ lives }) => ({ lives: [{ ...lives[0]!, tellings: [{ told: 'error', what: 'ouch' }] }, lives[1]!] }),
    /^ouch$/m,
  ],
  [
    'a request was lost',
    () => ({ visits: { asked: 9, lost: ['HTTP 502'], servedBy: ['1.0.0'] } }),
    /^a request was lost: HTTP 502$/m,
  ],
  [
    'another version serves',
    () => ({ visits: { asked: 9, lost: [], servedBy: ['0.9.0', '1.0.0'] } }),
    /^served by: 0.9.0, 1.0.0 instead of/m,
  ],
  ['a process was started once more', ({ apps }) => ({ apps: apps + 1 }), /^processes ever: 1 instead of 0$/m],
  ['the last life died', ({ lives }) => ({ lives: lives.slice(0, 1) }), /^the last life did not end by itself$/m],
  [
    'nobody was asked',
    (flight) => insteadOfUnknown(flight, (event) => ({ ...event, outcome: { result: 'cancelled' } })),
    /^blind:1\.0 was left begun at event \d+, and no person was asked$/m,
  ],
  [
    'it was begun again and nobody looked',
    (flight) =>
      insteadOfUnknown(flight, ({ effect }) => ({ type: 'effect-started', effect, attempt: 2, touches: null })),
    /^event \d+ begins blind:1\.0 again, and nobody looked$/m,
  ],
];

test.each(lies)('it is seen when %s', (_what, lie, found) => {
  expect(brokenBy({ ...asked, ...lie(asked) }, calm).join('\n')).toMatch(found);
});
