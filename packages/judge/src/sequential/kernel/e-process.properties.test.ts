import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFERENCE_DESIGN } from './design.ts';
import { EProcess } from './e-process.ts';
import { logAdd, logSum } from './log-sum.ts';

const { up, early, startScale } = REFERENCE_DESIGN;

/** The definition, each step by its logarithm. */
function plainly(growths: readonly Float64Array[], start: { readonly early: number }): readonly number[] {
  const points = up.map(({ share }) => Math.log(share * start.early));
  let waiting = Math.log(1 - start.early);
  return growths.map((growth, index) => {
    for (const [k, log] of points.entries()) points[k] = log + (growth[k] ?? 0);
    const value = logAdd(waiting, logSum(points));
    const hazard = 1 / (index + 1 + startScale);
    for (const [k, log] of points.entries()) points[k] = logAdd(log, waiting + Math.log(hazard * (up[k]?.share ?? 0)));
    waiting += Math.log1p(-hazard);
    return value;
  });
}

const log = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -900, max: 900, noNaN: true }),
  fc.constant(0),
);
const growth = fc.array(log, { minLength: up.length, maxLength: up.length }).map((logs) => Float64Array.from(logs));

it('is its definition, also where a part is too small for a plain number', () => {
  const asked = fc.property(
    fc.array(growth, { minLength: 1, maxLength: 30, size: 'max' }),
    fc.constantFrom(early, 1),
    (growths, from) => {
      const process = new EProcess(up, { early: from, startScale });
      const wanted = plainly(growths, { early: from });
      for (const [index, each] of growths.entries()) {
        const distance = Math.abs(process.look(each) - (wanted[index] ?? Infinity));
        expect(distance).toBeLessThan(1e-9 * (1 + Math.abs(wanted[index] ?? 0)));
      }
    },
  );
  fc.assert(asked);
});
