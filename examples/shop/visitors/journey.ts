import { PRODUCTS } from '../shop/catalogue.ts';
import { Cookies } from './cookies.ts';

export interface VisitorRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string | null;
}

/** Share of baskets with a gift card: the present of the season. */
export const GIFT_CARDS = 0.4;
const DISCOUNTED = 0.3;

type Stage = 'page' | 'products' | 'cart' | 'checkout';

/** Where visits begin: on the page, in the list, at a product from a newsletter, or with a basket in hand (the app). */
const BEGINNINGS: readonly (readonly [Stage, number])[] = [
  ['page', 0.4],
  ['products', 0.2],
  ['cart', 0.3],
  ['checkout', 0.1],
];

const NEXT: Readonly<Record<Stage, Stage>> = {
  page: 'products',
  products: 'cart',
  cart: 'checkout',
  checkout: 'page',
};

/** What visitors are like. */
export interface Manner {
  /** Share of baskets that hold a gift card, 0..1. */
  readonly giftCards: number;
  /** Shares, 0..1, of those who work here and of those who asked for new things early. */
  readonly staff: number;
  readonly beta: number;
  /** checkout: they have filled their basket in the app, and only pay. */
  readonly only: 'checkout' | null;
}

/** One person's visit: browse, fill a basket, pay; all with the same cookies. */
export class Journey {
  readonly cookies = new Cookies();
  readonly #random: () => number;
  readonly #basket: string;
  readonly #hurried: boolean;
  #stage: Stage;

  constructor(random: () => number, manner: Manner) {
    this.#random = random;
    this.#hurried = manner.only === 'checkout';
    this.#stage = beginning(random());
    this.#basket = basketOf(random, manner.giftCards);
    const { staff, beta } = manner;
    // Nothing is drawn for a share of none: the visitors of a seed stay who they are.
    if (staff > 0 && random() < staff) this.cookies.take([`shop-email=${Math.floor(random() * 1e6)}@shop.example`]);
    if (beta > 0 && random() < beta) this.cookies.take(['shop-beta=1']);
  }

  next(): VisitorRequest {
    const stage = this.#hurried ? 'checkout' : this.#stage;
    this.#stage = NEXT[stage];
    switch (stage) {
      case 'page':
        return { method: 'GET', path: '/', body: null };
      case 'products':
        // Some of those who arrive on the page know what they want.
        if (this.#random() < 0.5) this.#stage = 'checkout';
        return { method: 'GET', path: '/api/products', body: null };
      case 'cart':
        return { method: 'POST', path: '/api/cart', body: this.#basket };
      case 'checkout':
        return { method: 'POST', path: '/api/checkout', body: this.#basket };
    }
  }
}

function beginning(point: number): Stage {
  let left = point;
  for (const [stage, share] of BEGINNINGS) {
    if (left < share) return stage;
    left -= share;
  }
  return 'page';
}

function basketOf(random: () => number, giftCards: number): string {
  const goods = PRODUCTS.filter(({ stockedIn }) => stockedIn.length > 0);
  const first = goods[Math.floor(random() * goods.length)];
  const ids = random() < giftCards ? [first?.id, 'gift-card'] : [first?.id];
  const lines = ids.map((product) => ({ product, quantity: 1 + Math.floor(random() * 3) }));
  return JSON.stringify(random() < DISCOUNTED ? { lines, discount: 'HELLO10' } : { lines });
}
