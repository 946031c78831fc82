import { duration } from '@slipway/provider-kit';

/** A look at the metrics waits five seconds for its sources: one that may take longer would never be heard. */
export const readTimeout = () =>
  duration({ min: 100, max: 5000 }).prefault('4s').describe('How long one reading may take, 100ms to 5s. Example: 2s.');
