import { poisson } from '../../streams/poisson.ts';
import type { ArmsKind } from './arms.ts';
import { drawnArms, eachOf, type ShardNext, userNames } from './drawn-arms.ts';

/** Part of the bad answers that users have for whom nothing ever works, and seconds between two requests of such a user on average. */
const BROKEN = 0.3;
const BETWEEN_REQUESTS = 30;

/** Some users always fail, and which shard they fall to is drawn once. */
export const brokenUsers: ArmsKind = {
  name: 'broken users',
  together: 'users',
  start: (rules, random) => {
    const user = userNames();
    const mean = eachOf(rules) * rules.base;
    const usersEach = mean * BROKEN * BETWEEN_REQUESTS;
    const shard = (): ShardNext => {
      const broken = Array.from({ length: poisson(usersEach, random) }, user);
      let all = 1;
      return (times, fail) => {
        // What the new version breaks, it breaks for good.
        if (times !== all) for (let n = poisson(usersEach * (times - all), random); n > 0; n -= 1) broken.push(user());
        all = times;
        let count = poisson(mean * (1 - BROKEN) * times, random);
        for (let one = 0; one < count; one += 1) fail(user());
        for (const one of broken) {
          const asked = poisson(1 / BETWEEN_REQUESTS, random);
          for (let n = 0; n < asked; n += 1) fail(one);
          count += asked;
        }
        return count;
      };
    };
    return drawnArms(rules, rules.base, { random, shard });
  },
};
