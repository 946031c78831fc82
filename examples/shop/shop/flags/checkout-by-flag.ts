import { type Answer, json } from '../answer.ts';
import type { Basket, Checkout } from '../basket.ts';
import type { ShopFlags } from './open-flags.ts';
import { recognise } from './person.ts';

export interface Checkouts {
  /** What this release brings. */
  readonly oneClick: Checkout;
  /** What everybody has had so far. */
  readonly before: Checkout;
}

/** Pays for a basket with the checkout that the flag says, and counts how that ended. */
export async function checkoutByFlag(
  flags: ShopFlags,
  { oneClick, before }: Checkouts,
  paid: { readonly basket: Basket; readonly cookie: string | undefined },
): Promise<Answer> {
  const { person, headers } = recognise(paid.cookie);
  const choice = await flags.choose(person);
  const answer = payWith(choice.oneClick ? oneClick : before, paid.basket);
  const { variant } = choice;
  if (variant === null) return { ...answer, headers };
  flags.outcomes.count(variant, answer.status < 500 ? 'good' : 'bad');
  return { ...answer, headers: { ...headers, 'x-shop-variant': variant } };
}

/** What a release throws is an answer of 500, as in any shop. */
function payWith(checkout: Checkout, basket: Basket): Answer {
  try {
    return json(201, checkout(basket));
  } catch (error) {
    console.error(`checkout: ${error instanceof Error ? error.message : String(error)}`);
    return json(500, { error: 'internal error' });
  }
}
