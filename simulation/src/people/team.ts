import type { Launch } from '@slipway/core';
import type { Random } from '../random/random.ts';
import type { World } from '@slipway/rehearsal';
import type { Deed } from './deed.ts';
import { helpfulDeeds } from './helper.ts';
import { troublesomeDeed } from './troublemaker.ts';

/** What a team is like: probabilities that somebody helps, or makes trouble, whenever somebody could act. */
export interface Team {
  readonly helps: number;
  readonly troubles: number;
}

export function randomTeam(random: Random): Team {
  switch (random.weighted({ attentive: 8, busy: 4, unruly: 3, absent: 1 })) {
    case 'attentive':
      return { helps: 0.97, troubles: 0 };
    case 'busy':
      return { helps: 0.5, troubles: 0.05 };
    case 'unruly':
      return { helps: 0.5, troubles: 0.45 };
    case 'absent':
      return { helps: 0, troubles: 0 };
  }
}

/** What somebody of the team does now; null: nothing. */
export function nextDeed(
  team: Team,
  launch: Launch,
  from: { readonly world: World; readonly random: Random },
): Deed | null {
  const { random } = from;
  if (random.chance(team.troubles)) return troublesomeDeed(launch, random);
  if (!random.chance(team.helps)) return null;
  const deeds = helpfulDeeds({ launch, ...from });
  return deeds.length === 0 ? null : random.pick(deeds);
}
