import type { LiveLook } from '../live/live-look.ts';

/** A look at which all is well. */
export const SAMPLE_LOOK: LiveLook = {
  step: 'ramp',
  environment: 'production',
  at: 0,
  elapsed: 1,
  hold: 2,
  standing: 'healthy',
  sentence: 'all is well',
  samples: 3,
  minSamples: 4,
  exposure: null,
  firstBadAt: null,
  metrics: [],
};
