import { z } from 'zod';
import { commonKeys } from '../common.ts';
import { duration, title, tOffset } from '../words.ts';

export const waitStep = z.strictObject({
  wait: title().describe('What is waited for, as people say it. Example: Let caches warm.'),
  for: duration(1).optional().describe('How long, from the moment it starts; either this or until. Example: 10m.'),
  until: tOffset().optional().describe('Until a time relative to T-0; either this or for. Example: T-0.'),
  ...commonKeys(),
});
