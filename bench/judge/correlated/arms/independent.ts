import { poisson } from '../../streams/poisson.ts';
import type { ArmsKind } from './arms.ts';
import { drawnArms, eachOf, userNames } from './drawn-arms.ts';

/** Bad answers that have nothing to do with each other. */
export const independent: ArmsKind = {
  name: 'independent',
  together: 'never',
  start: (rules, random) => {
    const mean = eachOf(rules) * rules.base;
    const user = userNames();
    return drawnArms(rules, rules.base, {
      random,
      shard: () => (times, fail) => {
        const count = poisson(mean * times, random);
        for (let one = 0; one < count; one += 1) fail(user());
        return count;
      },
    });
  },
};
