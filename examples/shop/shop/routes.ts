import type { IncomingMessage } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { type Answer, html, json } from './answer.ts';
import { type Checkout, parseBasket, priceOf } from './basket.ts';
import { PRODUCTS } from './catalogue.ts';
import { checkoutByFlag } from './flags/checkout-by-flag.ts';
import type { ShopFlags } from './flags/open-flags.ts';
import { pageOf } from './page.ts';
import { readJson } from './read-json.ts';
import type { Release } from './release.ts';

/** What the shop answers with. */
export interface Running {
  readonly release: Release;
  /** null: its release alone decides. */
  readonly flags: { readonly asked: ShopFlags; readonly before: Checkout } | null;
}

interface Route {
  /** Milliseconds that the database and its kind would take. */
  readonly work: number;
  answer(running: Running, request: IncomingMessage): Answer | Promise<Answer>;
}

const routes: Readonly<Record<string, Route>> = {
  'GET /': { work: 4, answer: ({ release }) => html(pageOf(release)) },
  'GET /api/products': { work: 3, answer: () => json(200, { products: PRODUCTS }) },
  'POST /api/cart': { work: 5, answer: (_, request) => cart(request) },
  'POST /api/checkout': { work: 12, answer: checkout },
  'GET /healthz': { work: 0, answer: ({ release }) => json(200, { status: 'ok', version: release.version }) },
};

/** Answers a request, as this release does. Rejects where the release's own code throws. */
export async function answerTo(running: Running, request: IncomingMessage): Promise<Answer> {
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  const key = `${request.method ?? 'GET'} ${path}`;
  const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
  if (route === undefined) return json(404, { error: 'there is nothing here' });
  if (route.work > 0) await pass(route.work * (0.5 + Math.random()));
  return route.answer(running, request);
}

async function cart(request: IncomingMessage): Promise<Answer> {
  const read = await readJson(request);
  if (!read.ok) return read.answer;
  const basket = parseBasket(read.value);
  if (typeof basket === 'string') return json(422, { error: basket });
  return json(200, { lines: basket.lines.length, totalCents: priceOf(basket) });
}

async function checkout({ release, flags }: Running, request: IncomingMessage): Promise<Answer> {
  const read = await readJson(request);
  if (!read.ok) return read.answer;
  const basket = parseBasket(read.value);
  if (typeof basket === 'string') return json(422, { error: basket });
  if (flags === null) return json(201, release.checkout(basket));
  const checkouts = { oneClick: release.checkout, before: flags.before };
  return checkoutByFlag(flags.asked, checkouts, { basket, cookie: request.headers.cookie });
}
