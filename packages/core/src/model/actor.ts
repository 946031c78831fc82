/** Who caused an event. */
export type Actor = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'slipway' };

/** Whether two names are of one person: mail addresses are written in either case. */
export function isSamePerson(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export const SLIPWAY: Actor = { kind: 'slipway' };
