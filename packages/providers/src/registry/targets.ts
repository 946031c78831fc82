import type { Registry } from '@slipway/provider-kit';
import { processTarget } from '../targets/process/index.ts';

/** Deploy targets by the name that a launch plan gives. */
export const targets = { process: processTarget } satisfies Registry['targets'];
