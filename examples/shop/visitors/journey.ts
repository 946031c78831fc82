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

/** One person's visit: browse, fill a basket, pay; all with the same cookies. */
export class Journey {
  readonly cookies = new Cookies();
  readonly #random: () => number;
  readonly #basket: string;
  #stage: Stage;

  constructor(random: () => number, giftCards: number) {
    this.#random = random;
    this.#stage = beginning(random());
    this.#basket = basketOf(random, giftCards);
  }

  next(): VisitorRequest {
    const stage = this.#stage;
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
