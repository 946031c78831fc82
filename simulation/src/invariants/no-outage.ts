import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Who was served before the launch is served all the time, there and back, whatever fails. */
export function noOutage({ world }: Setting): Invariant {
  return {
    landed: () => {
      for (const [name, place] of world.environments) {
        if (world.before(name) !== null && !place.answers())
          throw new Broken('no-outage', `nobody answers in ${name}: it ${place.describe()}`);
      }
    },
  };
}
