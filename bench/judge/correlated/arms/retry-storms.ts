import { poisson } from '../../streams/poisson.ts';
import type { ArmsKind } from './arms.ts';
import { drawnArms, eachOf, type ShardNext, userNames } from './drawn-arms.ts';

/** Bad answers that a user has on average, the first one counted: with a chance of 3/4 another try follows 1 to 3 s later. */
const TRIES = 4;
const LONGEST_WAIT = 3;

/** Who fails tries again, and fails again. */
export const retryStorms: ArmsKind = {
  name: 'retry storms',
  together: 'users',
  start: (rules, random) => {
    const user = userNames();
    const first = (eachOf(rules) * rules.base) / TRIES;
    const shard = (): ShardNext => {
      let waiting: { user: number; wait: number }[] = [];
      return (times, fail) => {
        for (const one of waiting) one.wait -= 1;
        const due = waiting.filter(({ wait }) => wait <= 0);
        waiting = waiting.filter(({ wait }) => wait > 0);
        const fresh = poisson(first * times, random);
        for (let one = 0; one < fresh; one += 1) due.push({ user: user(), wait: 0 });
        for (const one of due) {
          fail(one.user);
          const wait = 1 + Math.floor(random() * LONGEST_WAIT);
          if (random() < 1 - 1 / TRIES) waiting.push({ user: one.user, wait });
        }
        return due.length;
      };
    };
    return drawnArms(rules, rules.base, { random, shard });
  },
};
