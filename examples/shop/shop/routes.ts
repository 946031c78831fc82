import type { IncomingMessage } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { type Answer, html, json } from './answer.ts';
import { parseBasket, priceOf } from './basket.ts';
import { PRODUCTS } from './catalogue.ts';
import { pageOf } from './page.ts';
import { readJson } from './read-json.ts';
import type { Release } from './release.ts';

interface Route {
  /** Milliseconds that the database and its kind would take. */
  readonly work: number;
  answer(release: Release, request: IncomingMessage): Answer | Promise<Answer>;
}

const routes: Readonly<Record<string, Route>> = {
  'GET /': { work: 4, answer: (release) => html(pageOf(release)) },
  'GET /api/products': { work: 3, answer: () => json(200, { products: PRODUCTS }) },
  'POST /api/cart': { work: 5, answer: (_, request) => cart(request) },
  'POST /api/checkout': { work: 12, answer: checkout },
  'GET /healthz': { work: 0, answer: ({ version }) => json(200, { status: 'ok', version }) },
};

/** Answers a request, as this release does. Rejects where the release's own code throws. */
export async function answerTo(release: Release, request: IncomingMessage): Promise<Answer> {
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  const key = `${request.method ?? 'GET'} ${path}`;
  const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
  if (route === undefined) return json(404, { error: 'there is nothing here' });
  if (route.work > 0) await pass(route.work * (0.5 + Math.random()));
  return route.answer(release, request);
}

async function cart(request: IncomingMessage): Promise<Answer> {
  const read = await readJson(request);
  if (!read.ok) return read.answer;
  const basket = parseBasket(read.value);
  if (typeof basket === 'string') return json(422, { error: basket });
  return json(200, { lines: basket.lines.length, totalCents: priceOf(basket) });
}

async function checkout(release: Release, request: IncomingMessage): Promise<Answer> {
  const read = await readJson(request);
  if (!read.ok) return read.answer;
  const basket = parseBasket(read.value);
  if (typeof basket === 'string') return json(422, { error: basket });
  return json(201, release.checkout(basket));
}
