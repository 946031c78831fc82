import { Broken, type Invariant, type Setting } from './invariant.ts';

/** A version that is brought back gets the traffic that what is left of it can carry before anything of it is started. */
export function trafficFirst({ world }: Setting): Invariant {
  return {
    landed: () => {
      for (const [name, place] of world.environments) {
        if (place.broughtBackLate)
          throw new Broken(
            'traffic-first',
            `${name} was restored while traffic could have moved: it ${place.describe()}`,
          );
      }
    },
  };
}
