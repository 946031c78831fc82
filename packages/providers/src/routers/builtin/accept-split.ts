import { isDeepStrictEqual } from 'node:util';
import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { parseListen } from './listen.ts';
import { mirrorSchema, refuseUnfitMirror } from './mirror/accept-mirror.ts';

/** A split as it crosses to the router's process. Bounded: 100 versions of 1,000 addresses. */
export const splitSchema = z.strictObject({
  revision: z.int().min(1),
  backends: z
    .record(
      z.string().min(1).max(200),
      z.strictObject({ weight: z.number(), addresses: z.array(z.string()).max(1_000) }),
    )
    .refine((backends) => Object.keys(backends).length <= 100, { error: 'at most 100 versions' }),
  mirror: mirrorSchema.nullable().exactOptional(),
}) satisfies z.ZodType<Split>;

/** Rounding of weights such as 100/3. */
const tolerance = 1e-6;

/**
 * Throws TerminalError for a split that cannot be routed by: weights that do not add up to 100, a version that has weight but no
 * address, an address without a port; and for a mirror as `refuseUnfitMirror` does. No versions at all is a split: nothing is
 * routed.
 */
export function refuseMalformed({ revision, backends, mirror = null }: Split): void {
  const entries = Object.entries(backends);
  if (!Number.isSafeInteger(revision) || revision < 1) {
    throw new TerminalError(`The split's revision is ${revision}: it must be a whole number from 1 on`);
  }
  for (const [version, { weight, addresses }] of entries) {
    if (!(weight >= 0 && weight <= 100))
      throw new TerminalError(`The weight of ${version} is ${weight}: it must be 0 to 100`);
    if (weight > 0 && addresses.length === 0) {
      throw new TerminalError(
        `${version} is given ${weight} % of the traffic and has no ready instance: start it first`,
      );
    }
    const bad = addresses.find((address) => (parseListen(address)?.port ?? 0) === 0);
    if (bad !== undefined) throw new TerminalError(`${version} has the address ${bad}: it must be host:port`);
  }
  const sum = entries.reduce((total, [, { weight }]) => total + weight, 0);
  if (entries.length > 0 && !(Math.abs(sum - 100) <= tolerance)) {
    throw new TerminalError(`The weights add up to ${sum}: they must add up to 100`);
  }
  if (mirror !== null) refuseUnfitMirror(mirror, backends);
}

/**
 * Whether `next` changes what is routed now. Throws TerminalError for a revision lower than the present one (a worker that comes
 * late must not undo a rollback), and for the present one with another content.
 */
export function changes(now: Split, next: Split): boolean {
  if (next.revision > now.revision) return true;
  if (next.revision < now.revision) {
    throw new TerminalError(
      `superseded: this split is revision ${next.revision}, and the router has been given revision ${now.revision} since`,
    );
  }
  if (isDeepStrictEqual(canonical(next), canonical(now))) return false;
  throw new TerminalError(`Revision ${next.revision} was given to the router with another split: raise the revision`);
}

/** Neither the order of versions nor that of addresses means anything. */
function canonical({ backends, mirror = null }: Split): unknown {
  const entries = Object.entries(backends).map(([version, { weight, addresses }]) => [
    version,
    weight,
    addresses.toSorted(),
  ]);
  return {
    backends: Object.fromEntries(entries.map(([version, ...rest]) => [version, rest])),
    mirror: mirror === null ? null : { ...mirror, addresses: mirror.addresses.toSorted() },
  };
}
