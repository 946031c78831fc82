import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';

/** A server's weight in HAProxy is a whole number from 0 to this. */
const maxWeight = 256;
/** Of a per cent: half of what one instance of one version can be told apart by, 100 / 256. */
const tolerance = 0.2;
const negligible = 1e-9;

/** The weight of an instance of a version; only instances that get traffic. */
export interface Weighed {
  readonly version: string;
  readonly address: string;
  readonly weight: number;
}

/**
 * Whole weights for all instances whose sums by version stand as the split says. A version whose share is smaller than one part for
 * each of its instances uses fewer of them. The sum of all weights depends on the numbers of instances alone where the per cents
 * are whole ones, so that with a consistent hash raising a version's share moves clients only to it.
 * Throws TerminalError for a share that HAProxy cannot tell apart from nothing or from its neighbour.
 */
export function apportion({ backends }: Pick<Split, 'backends'>): readonly Weighed[] {
  const used = Object.entries(backends).filter(([, { weight }]) => weight > 0);
  if (used.length === 0) return [];
  const most = maxWeight * Math.min(...used.map(([, { addresses }]) => addresses.length));
  const shares = used.map(([, { weight }]) => weight);
  const sums = used.length === 1 ? used.map(([, { addresses }]) => 100 * addresses.length) : bestSums(shares, most);
  return used.flatMap(([version, { weight, addresses }], index) => {
    const sum = sums[index] ?? 0;
    const got = (100 * sum) / sums.reduce((total, part) => total + part, 0);
    if (sum === 0 || Math.abs(got - weight) > tolerance) {
      throw new TerminalError(
        `HAProxy cannot give ${weight} % to ${version} with these instances: the smallest share is ${round(100 / most)} %`,
      );
    }
    return spread(sum, addresses.length).flatMap((part, place) => {
      const address = addresses[place];
      return part === 0 || address === undefined ? [] : [{ version, address, weight: part }];
    });
  });
}

/** The sum of weights of each share; together `most` at the most. */
function bestSums(shares: readonly number[], most: number): readonly number[] {
  const wholePerCents = Math.floor(most / 100) * 100;
  let best: readonly number[] = [];
  let least = Infinity;
  for (const whole of [wholePerCents, ...Array.from({ length: most }, (_, index) => most - index)]) {
    const sums = shares.map((share) => Math.round((share * whole) / 100));
    const total = sums.reduce((sum, part) => sum + part, 0);
    if (total === 0 || total > most) continue;
    if (least < negligible) break;
    const error = Math.max(...sums.map((sum, index) => Math.abs((100 * sum) / total - (shares[index] ?? 0))));
    if (error >= least - negligible) continue;
    best = sums;
    least = error;
  }
  return best;
}

function spread(sum: number, places: number): readonly number[] {
  return Array.from({ length: places }, (_, place) => Math.floor(sum / places) + (place < sum % places ? 1 : 0));
}

const round = (number: number): number => Number(number.toFixed(2));
