import type { Split } from '@slipway/provider-kit';
import { type Ready, type RolledVersions, trafficTo } from './traffic-to.ts';

/** What binds a way back that moves traffic before it has started anything. */
export interface BackBounds {
  /** So many instances must serve: where there are too few old ones, new ones help out. */
  readonly floor: number;
  /** Per cent of traffic that the new version has now: it never gets more. */
  readonly share: number;
}

/** All traffic to the old instances, or as much as the floor allows. null: no old one is ready, so traffic stays where it is. */
export function trafficBack(ready: Ready, bounds: BackBounds, versions: RolledVersions): Split['backends'] | null {
  if (ready.old.length === 0) return null;
  const { newVersion, oldVersion } = versions;
  const helping = bounds.share > 0 ? ready.new.slice(0, Math.max(0, bounds.floor - ready.old.length)) : [];
  const backends = trafficTo({ new: helping, old: ready.old }, versions);
  const weight = backends[newVersion]?.weight ?? 0;
  if (weight <= bounds.share) return backends;
  return {
    [newVersion]: { weight: bounds.share, addresses: helping },
    [oldVersion]: { weight: 100 - bounds.share, addresses: ready.old },
  };
}
