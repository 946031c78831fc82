import { poisson } from '../../streams/poisson.ts';
import type { ArmsKind } from './arms.ts';
import { drawnArms, eachOf, type ShardNext } from './drawn-arms.ts';

/** Seconds that an instance has a noisy neighbour, seconds between two of them on average, and the share of its answers that are slow then. */
const NOISE = 30;
const BETWEEN = 600;
const SLOW = 0.1;

/** Instances that are slow for a while, each by itself. */
export const noisyNeighbours: ArmsKind = {
  name: 'noisy neighbours',
  together: 'instances',
  start: (rules, random) => {
    const each = eachOf(rules);
    const shard = (): ShardNext => {
      let left = 0;
      return (times) => {
        if (left === 0 && random() < times / BETWEEN) left = NOISE;
        const isNoisy = left > 0;
        if (isNoisy) left -= 1;
        return (isNoisy ? poisson(each * SLOW, random) : 0) + poisson(each * rules.base * times, random);
      };
    };
    return drawnArms(rules, rules.base + (SLOW * NOISE) / (BETWEEN + NOISE), { random, shard });
  },
};
