import { z } from 'zod';
import { name } from './words.ts';

const roles = () => z.array(name()).min(1).max(20);

const track = z.strictObject({
  owner: name().describe('The role that answers for the track. Example: marketing-lead.'),
  raci: z
    .strictObject({
      accountable: name().optional().describe('The role that decides. Default: the owner. Example: product.'),
      consulted: roles().optional().describe('Roles that are asked before. Default: none. Example: [legal].'),
      informed: roles().optional().describe('Roles that are told after. Default: none. Example: [sales].'),
    })
    .optional()
    .describe('Who else has a part in it; the owner is who does it. Default: nobody. Example: {consulted: [legal]}.'),
});

/** Parts of a launch that run side by side, each with somebody who answers for it. */
export const tracks = z
  .record(name(), track)
  .refine((each) => Object.keys(each).length <= 20, { error: 'expected at most 20 tracks' });

/** Of a step: the track that it belongs to. */
export const trackName = () =>
  name()
    .optional()
    .describe('The track that it belongs to, by its name under "tracks". Default: none. Example: marketing.');
