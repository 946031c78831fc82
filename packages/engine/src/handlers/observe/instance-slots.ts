import { type KnownSecond, ShardSlots } from '@slipway/judge';

type Shards = NonNullable<KnownSecond['shards']>;

/** The places of both versions' instances, metric by metric, for as long as one share is watched. */
export class InstanceSlots {
  readonly #slots = new Map<string, { readonly new: ShardSlots; readonly old: ShardSlots }>();

  place(metric: string, shards: Shards) {
    const slots = this.#slots.get(metric) ?? { new: new ShardSlots(), old: new ShardSlots() };
    this.#slots.set(metric, slots);
    return { new: slots.new.place(shards.new), old: slots.old.place(shards.old) };
  }
}
