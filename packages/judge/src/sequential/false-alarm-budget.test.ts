import { expect, test } from 'vitest';
import { DEFAULT_DESIGN, type Design, REFERENCE_DESIGN } from './kernel/design.ts';
import { runReplicate } from './reference/run-replicate.ts';

const LAUNCHES = 300;
const SEED = 71_000;
/** Chance with which a judge that spends its budget to the last bit fails this test; the seed is fixed. */
const DOUBT = 0.001;

/** Launches of half an hour, old and new version alike, that the judge stops. */
function falseAlarms(alpha: number, design: Design): number {
  const metrics = { errors: { type: 'rate', rho: 1, delta: 0 } } as const;
  const burst = { period: 300, length: 30, factor: 20 };
  const sound = { p: 0.003, burst };
  const launches = {
    config: { alpha, metrics },
    nc: 5,
    nt: 45,
    canary: sound,
    control: sound,
    ticks: 1_800,
    seed: SEED,
  };
  const decisions = Array.from({ length: LAUNCHES }, (_, launch) => runReplicate(launches, launch, design).decision);
  return decisions.filter((decision) => decision === 'abort').length;
}

/** Chance of so many or more, each with `chance`: the upper tail of the binomial distribution. */
function tailOf(least: number, chance: number): number {
  let log = LAUNCHES * Math.log1p(-chance);
  let tail = 0;
  for (let count = 0; count <= LAUNCHES; count += 1) {
    if (count >= least) tail += Math.exp(log);
    log += Math.log(((LAUNCHES - count) / (count + 1)) * (chance / (1 - chance)));
  }
  return tail;
}

test.each([
  ['the reference', REFERENCE_DESIGN],
  ['the default', DEFAULT_DESIGN],
])('looked at every second for half an hour, %s design keeps a budget of 1 %', (_, design) => {
  expect(tailOf(falseAlarms(0.01, design), 0.01)).toBeGreaterThan(DOUBT);
});

test('so many launches show a judge that spends far more than 1 %', () => {
  expect(tailOf(falseAlarms(0.3, REFERENCE_DESIGN), 0.01)).toBeLessThan(DOUBT);
});
