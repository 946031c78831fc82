// Flies one simulated launch again and prints all of it; --engine: through the real engine instead of the core by itself.
//   npm run simulate -- --seed 4711
import { parseArgs } from 'node:util';
import { simulateEngine } from './engine/engine-simulation.ts';
import { describeLaunch } from './run/describe-launch.ts';
import { simulate } from './run/simulate.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, engine: { type: 'boolean', default: false } },
});
const seed = Number(values.seed);
if (Number.isSafeInteger(seed)) {
  const flown = values.engine ? await simulateEngine(seed) : simulate(seed);
  process.stdout.write(`${describeLaunch(flown)}\n`);
  process.exitCode = flown.broken === null ? 0 : 1;
} else {
  process.stderr.write(`--seed ${values.seed} is not a whole number\n`);
  process.exitCode = 2;
}
