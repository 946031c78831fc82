import type { z } from 'zod';
import type { Track } from '../model/track.ts';
import type { tracks } from '../schema/tracks.ts';

/** Tracks with every part of their RACI; who decides is the owner where nobody else is named. */
export function resolveTracks(authored: z.output<typeof tracks>): Readonly<Record<string, Track>> {
  const pairs = Object.entries(authored).map(([name, { owner, raci = {} }]): [string, Track] => {
    const { accountable = owner, consulted = [], informed = [] } = raci;
    return [name, { owner, accountable, consulted, informed }];
  });
  return Object.fromEntries(pairs);
}
