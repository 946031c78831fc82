import { poisson } from '../../streams/poisson.ts';
import type { ArmsKind } from './arms.ts';
import { drawnArms, eachOf, type ShardNext } from './drawn-arms.ts';

/** Seconds that an instance stands still, and seconds between two beginnings of that on average. */
const STILL = 0.3;
const BETWEEN = 20;

/** Instances stand still now and then: whoever asks meanwhile waits, and counts as bad. */
export const pauses: ArmsKind = {
  name: 'pauses',
  together: 'instances',
  start: (rules, random) => {
    const each = eachOf(rules);
    const shard = (): ShardNext => {
      let left = 0;
      return (times) => {
        let still = left;
        left = 0;
        for (let n = poisson(times / BETWEEN, random); n > 0; n -= 1) {
          const begins = random();
          still += Math.min(STILL, 1 - begins);
          left += Math.max(0, begins + STILL - 1);
        }
        return poisson(each * Math.min(1, still), random) + poisson(each * rules.base * times, random);
      };
    };
    return drawnArms(rules, rules.base + STILL / BETWEEN, { random, shard });
  },
};
