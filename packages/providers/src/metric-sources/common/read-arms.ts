import type { Arms, Sample } from '@slipway/provider-kit';
import { reasonOf } from '@slipway/provider-kit';
import type { ArmReading } from './counts-reading.ts';
import { without } from './counts-reading.ts';

/** Reads both versions at once. Where only one of them fails, that one is missing; rejects as the new one does where both do. */
export async function readArms(
  arms: Arms,
  now: () => number,
  readOne: (version: string) => Promise<ArmReading>,
): Promise<Sample> {
  const [fresh, old] = await Promise.allSettled([
    readOne(arms.newVersion),
    arms.oldVersion === null ? null : readOne(arms.oldVersion),
  ]);
  const oldReads = old.status === 'fulfilled' && old.value !== null;
  if (fresh.status === 'rejected' && !oldReads) throw fresh.reason;
  const readingOf = <T>(result: PromiseSettledResult<T>): T | ArmReading =>
    result.status === 'fulfilled' ? result.value : without(reasonOf(result.reason));
  return sampleOf(readingOf(fresh), readingOf(old), now());
}

/** `old` is null where there is no old version; `at` is epoch ms. Either version's boot makes the counts begin anew. */
export function sampleOf(fresh: ArmReading, old: ArmReading | null, at: number): Sample {
  const other = old ?? without('there is no old version');
  const boot = `${fresh.boot} ${other.boot}`;
  return { boot, at, new: fresh.reading, old: other.reading, exposure: null, firstBadAt: null };
}
