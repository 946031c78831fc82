import { Delivery } from './delivery.ts';

/** What is being handled in this process, by the ids of its work: none of them is delivered a second time meanwhile. */
export class UnderWay {
  readonly #byId = new Map<string, Delivery>();

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** The delivery that may be at this work, or was taken for it. */
  of(id: string): Delivery | undefined {
    return this.#byId.get(id);
  }

  begin(key: string): Delivery {
    const delivery = new Delivery(key);
    this.#byId.set(key, delivery);
    return delivery;
  }

  at(delivery: Delivery, id: string, stamp: string): void {
    delivery.at(id, stamp);
    this.#byId.set(id, delivery);
  }

  goOn(delivery: Delivery, from: string, to: { readonly id: string; readonly stamp: string }): void {
    for (const over of delivery.goOn(from, to.id, to.stamp)) if (over !== delivery.key) this.#forget(over, delivery);
    this.#byId.set(to.id, delivery);
  }

  end(delivery: Delivery): void {
    for (const id of [delivery.key, ...delivery.ids()]) this.#forget(id, delivery);
  }

  #forget(id: string, delivery: Delivery): void {
    if (this.#byId.get(id) === delivery) this.#byId.delete(id);
  }
}
