import { ABSENT, evolve, evolveAll, type State } from '@slipway/core';
import { expect, test } from 'vitest';
import { deepFreeze } from './driver/strict-rules.ts';
import { simulate } from './run/simulate.ts';

/** Random launches; each is cut in three places. */
const LAUNCHES = 200;

test('the logs of random launches fold at once as they fold one by one', () => {
  for (let seed = 1; seed <= LAUNCHES; seed += 1) {
    const { log } = simulate(seed);
    const states = [ABSENT as State];
    for (const recorded of log) states.push(deepFreeze(evolve(states.at(-1) ?? ABSENT, recorded)));
    const last = states.at(-1);
    for (const cut of [0, seed % log.length, log.length - 1])
      expect(evolveAll(states[cut] ?? ABSENT, log.slice(cut)), `seed ${seed} from event ${cut}`).toEqual(last);
  }
});
