import type { ServedSet } from '@slipway/engine';
import { servedText } from '../answer/served-texts.ts';

/** How far the newest change of a set has got, from this server. */
export interface FlagDelivery {
  readonly set: string;
  /** Sequence number of its newest event. */
  readonly version: number;
  /** Epoch ms when this server served it first. */
  readonly at: number;
  /** Open streams that were told. */
  readonly told: number;
  /** Clients that have asked again because they were told. */
  readonly fetched: number;
  /** Epoch ms of the last of these; null: none has. */
  readonly lastFetchedAt: number | null;
}

/** Follows the newest change of each set to those who hear of it. */
export class Deliveries {
  readonly #bySet = new Map<string, { etag: string; delivery: FlagDelivery }>();

  changed(served: ServedSet, told: number, at: number): void {
    const { set, state } = served;
    this.#bySet.set(set, {
      etag: servedText(served).etag,
      delivery: { set, version: state.version, at, told, fetched: 0, lastFetchedAt: null },
    });
  }

  /** A client asks again because of the change with this tag. */
  fetched(set: string, etag: string, at: number): void {
    const newest = this.#bySet.get(set);
    if (newest === undefined || newest.etag !== etag) return;
    newest.delivery = { ...newest.delivery, fetched: newest.delivery.fetched + 1, lastFetchedAt: at };
  }

  /** null: nothing has changed since this server started. */
  of(set: string): FlagDelivery | null {
    return this.#bySet.get(set)?.delivery ?? null;
  }
}
