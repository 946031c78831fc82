import type { Design } from '../sequential/kernel/design.ts';
import type { Channel, Way } from './channel.ts';
import { limitSlopes, nothing, slopesOf } from './stretch.ts';

/** No margin. */
export const AT_ALL = { ratio: 1, points: 0 };
export const ONE_LEVEL = [1];

/** `limit`: share of bad answers, 0..1. `alpha`: of the limit as a whole. */
type Limited = Pick<Channel, 'alpha' | 'dispersion' | 'sharesAt'> & { readonly limit: number };

/**
 * A limit's ways, each with half of its evidence: beside the old version the new one has to be over it and worse than the old one as well;
 * with all of the traffic over it alone.
 */
export function limitWays({ limit, alpha, dispersion, sharesAt }: Limited, { up: grid }: Design): readonly Way[] {
  const common = { alpha: alpha / 2, dispersion, grid, levels: ONE_LEVEL, sharesAt };
  const over = (units: number) => limitSlopes(grid, units, { limit, dispersion });
  const beside: Channel = {
    ...common,
    slopesAt: ({ newUnits, oldUnits }) => (oldUnits > 0 ? over(newUnits) : nothing(grid)),
  };
  const worse: Channel = { ...common, slopesAt: (split) => slopesOf(grid, split, { ...AT_ALL, dispersion }) };
  const alone: Channel = {
    ...common,
    slopesAt: ({ newUnits, oldUnits }) => (oldUnits > 0 ? nothing(grid) : over(newUnits)),
  };
  return [[beside, worse], [alone]];
}
