import { type Checkout, type Line, priceOf, weightOf } from '../../shop/basket.ts';

const SHIPPING_CENTS = 390;

/** One click: the parcels are planned at once, one for each warehouse, so that they leave the same day. */
export const checkout: Checkout = (basket) => {
  const parcels = planParcels(basket.lines);
  const shippingCents = parcels.length * SHIPPING_CENTS;
  return { totalCents: priceOf(basket) + shippingCents, shippingCents, parcels };
};

/** What lies in no warehouse, such as a gift card, goes by e-mail. */
function planParcels(lines: readonly Line[]) {
  const goods = lines.flatMap((line) => {
    const [nearest] = line.product.stockedIn;
    return nearest === undefined ? [] : [{ line, nearest }];
  });
  const byWarehouse = Map.groupBy(goods, ({ nearest }) => nearest);
  return [...byWarehouse].map(([from, held]) => ({ from, grams: weightOf(held.map(({ line }) => line)) }));
}
