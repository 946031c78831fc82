import { DISCOUNTS, findProduct, type Product } from './catalogue.ts';

export interface Line {
  readonly product: Product;
  readonly quantity: number;
}

export interface Basket {
  readonly lines: readonly Line[];
  /** Per cent off. */
  readonly discount: number;
}

/** What a release offers: pays for a basket. */
export type Checkout = (basket: Basket) => Receipt;

export interface Receipt {
  readonly totalCents: number;
  readonly shippingCents: number;
  /** What is sent from where. */
  readonly parcels: readonly { readonly from: string; readonly grams: number }[];
}

const MOST_LINES = 20;
const MOST_OF_ONE = 99;

/** The price of the goods without shipping. */
export function priceOf(basket: Basket): number {
  const sum = basket.lines.reduce((cents, { product, quantity }) => cents + product.cents * quantity, 0);
  return Math.round((sum * (100 - basket.discount)) / 100);
}

export function weightOf(lines: readonly Line[]): number {
  return lines.reduce((grams, { product, quantity }) => grams + product.grams * quantity, 0);
}

/** Reads `{lines: [{product, quantity}], discount?: code}`. A text says what is wrong with it. */
export function parseBasket(body: unknown): Basket | string {
  if (!isMap(body) || !Array.isArray(body['lines'])) return 'send {"lines": [{"product": "mug", "quantity": 1}]}';
  const written: readonly unknown[] = body['lines'];
  if (written.length === 0 || written.length > MOST_LINES) return `a basket has 1 to ${MOST_LINES} lines`;
  const discount = parseDiscount(body['discount']);
  if (typeof discount === 'string') return discount;
  const lines = written.map(parseLine);
  const wrong = lines.find((line) => typeof line === 'string');
  return wrong ?? { lines: lines.filter((line) => typeof line !== 'string'), discount };
}

function parseLine(line: unknown): Line | string {
  if (!isMap(line)) return 'a line is {"product": "mug", "quantity": 1}';
  const { product: id, quantity } = line;
  const product = typeof id === 'string' ? findProduct(id) : undefined;
  if (product === undefined) return 'there is no such product; see /api/products';
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST_OF_ONE) {
    return `a quantity is a whole number from 1 to ${MOST_OF_ONE}`;
  }
  return { product, quantity };
}

function parseDiscount(code: unknown): number | string {
  if (code === undefined || code === null) return 0;
  const known = typeof code === 'string' && Object.hasOwn(DISCOUNTS, code) ? DISCOUNTS[code] : undefined;
  return known ?? 'there is no such discount code';
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
