import { hash } from 'node:crypto';
import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';

/** A client falls into one of 10,000 buckets by four digits that are drawn for it: what nginx can tell apart is 0.01 %. */
export const digits = 4;
export const all = 10 ** digits;
export const perCent = all / 100;
const negligible = 1e-6;

/**
 * How many of the 10,000 buckets each version gets, by largest remainders. Throws TerminalError for a share that is too small to be
 * one, and not nothing.
 */
export function apportion({ backends }: Pick<Split, 'backends'>): ReadonlyMap<string, number> {
  const exact = Object.entries(backends)
    .map(([version, { weight }]) => ({ version, weight, whole: Math.floor(weight * perCent + negligible) }))
    .toSorted((one, other) => (one.version < other.version ? -1 : 1));
  const left = exact.length === 0 ? 0 : all - exact.reduce((sum, { whole }) => sum + whole, 0);
  const rest = ({ weight, whole }: (typeof exact)[number]): number => weight * perCent - whole;
  const lucky = exact
    .toSorted((one, other) => {
      const more = rest(other) - rest(one);
      return Math.abs(more) > negligible ? more : one.whole - other.whole;
    })
    .slice(0, left);
  return new Map(
    exact.map((each) => {
      const { version, weight, whole } = each;
      const got = whole + (lucky.includes(each) ? 1 : 0);
      if (weight === 0 || got > 0) return [version, got];
      throw new TerminalError(`nginx cannot give ${weight} % to ${version}: it splits in steps of ${1 / perCent} %`);
    }),
  );
}

/**
 * Which version each bucket belongs to; empty where nothing is routed. Of two versions, raising the one moves buckets only to it. The
 * buckets of another set of versions begin elsewhere: another launch tries its new version on other clients.
 */
export function layOut(shares: ReadonlyMap<string, number>): readonly string[] {
  const row = [...shares].flatMap(([version, count]) => Array.from({ length: count }, () => version));
  const draw = Number.parseInt(hash('sha256', JSON.stringify([...shares.keys()]), 'hex').slice(0, 8), 16);
  // Whole per cents: their bounds then need few links.
  const offset = perCent * (draw % 100);
  return [...row.slice(offset), ...row.slice(0, offset)];
}
