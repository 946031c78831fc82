/** Who caused an event. */
export type Actor = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'slipway' };

export const SLIPWAY: Actor = { kind: 'slipway' };
