import { isDeepStrictEqual } from 'node:util';
import { ABSENT, type Launch, type Recorded, type State } from '@slipway/core';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** How many events lie between two full replays on the way; at the end there is always one. */
const EVERY = 97;

/** The log, written down and read back, gives the state. A step on the way is replayed by itself from a copy. */
export function replay({ rules }: Setting): Invariant {
  const log: Recorded[] = [];

  const compare = (launch: Launch): void => {
    const copy = JSON.parse(JSON.stringify(log)) as Recorded[];
    const folded = copy.reduce<State>((state, recorded) => rules.evolve(state, recorded), ABSENT);
    if (!isDeepStrictEqual(folded, launch))
      throw new Broken('replay', `the log of ${log.length} events gives another state`);
  };

  return {
    event: ({ recorded, before, after }) => {
      log.push(recorded);
      if (before.is === 'launch' && recorded.seq !== before.head.seq + 1)
        throw new Broken('replay', `${recorded.seq} is out of turn`);
      if (after.head.seq !== recorded.seq)
        throw new Broken('replay', `the head is ${after.head.seq} after ${recorded.seq}`);
    },
    decided: (launch) => {
      if (log.length % EVERY === 0) compare(launch);
    },
    end: compare,
  };
}
