/** Why nobody knows which version an instance is. The first three are of all instances together. */
export type IdentityUnknown =
  /** No answer yet. */
  | { readonly reason: 'asking' }
  /** Nobody could say which instances there are, or what they are to say. */
  | { readonly reason: 'untold' }
  | { readonly reason: 'unready' }
  | { readonly reason: 'silent' | 'too-large' | 'no-json'; readonly instance: string }
  | { readonly reason: 'status'; readonly instance: string; readonly status: number }
  /** `place`: where it should stand in the answer. */
  | { readonly reason: 'nothing'; readonly instance: string; readonly place: string };

/** Why what is measured may not be the new version. */
export type IdentityDoubt =
  /** `said`: fit to be shown. */
  | { readonly is: 'other'; readonly instance: string; readonly said: string }
  | { readonly is: 'unknown'; readonly why: IdentityUnknown };

/** What the instances of the new version said of themselves. `instances`: how many said that they are it. */
export type IdentityFound = { readonly is: 'confirmed'; readonly instances: number } | IdentityDoubt;

/** How sure it is that what is measured is the new version. */
export interface IdentityStanding {
  readonly found: IdentityFound;
  /** Whether it is asked once more before what was found counts. */
  readonly isOpen: boolean;
}
