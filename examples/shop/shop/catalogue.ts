export interface Product {
  readonly id: string;
  readonly name: string;
  readonly emoji: string;
  readonly cents: number;
  readonly grams: number;
  /** Warehouses that hold it, nearest first. */
  readonly stockedIn: readonly string[];
}

const product = (
  id: string,
  [emoji, name]: readonly [string, string],
  rest: Omit<Product, 'id' | 'name' | 'emoji'>,
) => ({
  id,
  name,
  emoji,
  ...rest,
});

/** Everything the shop sells. Every version sells the same. */
export const PRODUCTS: readonly Product[] = [
  product('mug', ['☕', 'Stoneware mug'], { cents: 1800, grams: 420, stockedIn: ['lyon', 'gent'] }),
  product('tea', ['🍃', 'Mountain tea'], { cents: 950, grams: 120, stockedIn: ['lyon'] }),
  product('candle', ['🕯️', 'Beeswax candle'], { cents: 1400, grams: 310, stockedIn: ['gent'] }),
  product('blanket', ['🧶', 'Wool blanket'], { cents: 8900, grams: 1600, stockedIn: ['gent', 'lyon'] }),
  product('lamp', ['💡', 'Paper lamp'], { cents: 5200, grams: 900, stockedIn: ['lyon'] }),
  product('poster', ['🖼️', 'Harbour poster'], { cents: 2500, grams: 180, stockedIn: ['gent'] }),
  product('notebook', ['📓', 'Linen notebook'], { cents: 1600, grams: 260, stockedIn: ['lyon', 'gent'] }),
  product('gift-card', ['🎁', 'Gift card'], { cents: 5000, grams: 0, stockedIn: [] }),
];

/** Discount codes with the per cent they take off. */
export const DISCOUNTS: Readonly<Record<string, number>> = { HELLO10: 10 };

export function findProduct(id: string): Product | undefined {
  return PRODUCTS.find((candidate) => candidate.id === id);
}
