// Flies one simulated launch again and prints all of it:
//   npm run simulate -- --seed 4711
import { parseArgs } from 'node:util';
import { describeLaunch } from './run/describe-launch.ts';
import { simulate } from './run/simulate.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const seed = Number(values.seed);
if (Number.isSafeInteger(seed)) {
  const flown = simulate(seed);
  process.stdout.write(`${describeLaunch(flown)}\n`);
  process.exitCode = flown.broken === null ? 0 : 1;
} else {
  process.stderr.write(`--seed ${values.seed} is not a whole number\n`);
  process.exitCode = 2;
}
