import type { EvidenceItem, PastLaunch, PastRecord, ProviderContext } from '@slipway/provider-kit';
import { criteria, type Wanted } from './criteria.ts';

/** Records that are read at most, the newest first: each is read and verified whole. */
export const MOST_RECORDS = 200;

/** A launch that was looked at: its record, with what it came to. */
export interface Looked {
  readonly id: string;
  readonly record: PastRecord;
  /** One for each thing that was asked; empty where the record does not count. */
  readonly items: readonly EvidenceItem[];
}

export interface Search {
  /** null: none of them proves it. */
  readonly proof: { readonly launch: PastLaunch; readonly items: readonly EvidenceItem[] } | null;
  /** What might have been the proof, the newest first. */
  readonly looked: readonly Looked[];
  /** Records that were read, of any product. */
  readonly read: number;
  /** Older ones that were not. */
  readonly left: number;
}

/** Looks for a launch that fulfils everything, the newest first, and stops at it. Rejects as PastLaunches does. */
export async function findProof(wanted: Wanted, context: ProviderContext<'launches'>): Promise<Search> {
  const { launch: name } = wanted.config;
  const all = (await context.launches.list()).filter(({ plan }) => name === undefined || plan === name);
  const looked: Looked[] = [];
  for (const [index, { id }] of all.slice(0, MOST_RECORDS).entries()) {
    context.signal.throwIfAborted();
    const record = await context.launches.read(id);
    // Another product's launches are no business of this one.
    if (record.ok && record.launch.artifact.name !== wanted.own.artifact.name) continue;
    const items = record.ok ? criteria(record.launch, wanted) : [];
    looked.push({ id, record, items });
    if (record.ok && items.every(({ verdict }) => verdict === 'pass'))
      return { proof: { launch: record.launch, items }, looked, read: index + 1, left: all.length - index - 1 };
  }
  const read = Math.min(all.length, MOST_RECORDS);
  return { proof: null, looked, read, left: all.length - read };
}
