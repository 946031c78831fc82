import { brokenUsers } from './broken-users.ts';
import { independent } from './independent.ts';
import { noisyNeighbours } from './noisy-neighbours.ts';
import { pauses } from './pauses.ts';
import { retryStorms } from './retry-storms.ts';

/** Ways in which bad answers come together, both arms shard by shard. The first one is what the others are measured beside. */
export const correlatedStreams = { independent, retryStorms, brokenUsers, pauses, noisyNeighbours } as const;
