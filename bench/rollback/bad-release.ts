import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Share of all requests that go to each path. */
export type Shares = Readonly<Record<string, number>>;

/** How often each part of a release must fail. */
export interface Defects {
  /** Whether its page never comes. */
  readonly page: boolean;
  /** Share of checkouts that fail. */
  readonly checkout: number;
}

/** Which defects make so large a share of all requests fail. Throws where page and checkout together are asked for less than that. */
export function defectsFor(wanted: number, shares: Shares): Defects {
  const checkout = shares['/api/checkout'] ?? 0;
  if (wanted <= checkout) return { page: false, checkout: wanted / checkout };
  const left = Math.max(0, wanted - (shares['/'] ?? 0));
  if (left > checkout) throw new Error(`visitors do not ask often enough for what a release can spoil: ${wanted}`);
  return { page: true, checkout: left / checkout };
}

/** Writes a release with these defects into a copy of the shop. */
export function writeRelease(shop: string, version: string, { page, checkout }: Defects): void {
  // The shop writes each feature into its page, and this one cannot be written.
  const unwritable = { toString: null, valueOf: null };
  const descriptor = { version, headline: 'One that fails', features: page ? [unwritable] : [] };
  writeFileSync(join(shop, `releases/${version}.json`), JSON.stringify(descriptor));
  mkdirSync(join(shop, 'releases', version), { recursive: true });
  writeFileSync(
    join(shop, `releases/${version}/checkout.ts`),
    `import { checkout as sound } from '../1.0.0/checkout.ts';
import type { Checkout } from '../../shop/basket.ts';

export const checkout: Checkout = (basket) => {
  if (Math.random() < ${checkout}) throw new Error('the defect of this release');
  return sound(basket);
};
`,
  );
}
