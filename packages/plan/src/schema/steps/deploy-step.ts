import { z } from 'zod';
import { attempts, timeout } from '../command.ts';
import { commonKeys } from '../common.ts';
import { name } from '../words.ts';

export const deployStep = z.strictObject({
  deploy: name().describe('The environment in which the new version starts and takes all traffic. Example: staging.'),
  timeout: timeout('10m'),
  attempts: attempts(3),
  ...commonKeys(),
});
