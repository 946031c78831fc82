import type { FlagDefinition, FlagSetDefinition } from '@slipway/flags';
import { ABOUT, PLAIN, ROLLOUT } from '../server/flags-of.ts';

export interface Size {
  readonly flags: number;
  /** Of the segment. */
  readonly ids: number;
}

const SEGMENT = 'beta';
/** Every so manieth flag with a rule asks for the segment. */
const WITH_SEGMENT = 10;

/** A third of the flags is plain, a third has a rule, a third a rule and a share. The same for the same size. */
export function bigSet({ flags, ids }: Size): FlagSetDefinition {
  const each = Array.from({ length: flags }, (_, index) => [`area-${index % 50}.flag-${index}`, flagOf(index)]);
  return {
    flags: Object.fromEntries(each) as Record<string, FlagDefinition>,
    $evaluators: {
      [SEGMENT]: { in: [{ var: 'targetingKey' }, Array.from({ length: ids }, (_, index) => idOf(index))] },
    },
  };
}

/** Somebody of the segment. */
export function idOf(index: number): string {
  return `customer-${String(index).padStart(8, '0')}`;
}

function flagOf(index: number): FlagDefinition {
  if (index % 3 === 0) return PLAIN;
  if (index % 3 === 1) return ROLLOUT;
  const rule = index % (3 * WITH_SEGMENT) === 2 ? { $ref: SEGMENT } : { in: [{ var: 'country' }, ['be', 'fr']] };
  const version = { sem_ver: [{ var: 'version' }, '>=', '2.0.0'] };
  return {
    state: 'ENABLED',
    variants: { red: 'red', blue: 'blue' },
    defaultVariant: 'red',
    targeting: { if: [{ and: [rule, version] }, 'blue', 'red'] },
    metadata: { ...ABOUT, off: 'red' },
  };
}
