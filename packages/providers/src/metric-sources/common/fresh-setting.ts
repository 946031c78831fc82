import { duration } from '@slipway/provider-kit';

/** How old a sample may be. */
export const freshSetting = (description: string) =>
  duration({ min: 1000 }).prefault('1m').describe(`${description} Example: 30s.`);
