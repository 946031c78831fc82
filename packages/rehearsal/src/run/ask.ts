import type { Actor } from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';

/**
 * What a person was asked. `go`: a GO or NO-GO; `confirm`: to type a phrase; `task`: to do something and prove it; `answer`: whether
 * something was done; `decide`: what becomes of a held launch; `mend`: an incomplete way back.
 */
export type AskKind = 'go' | 'confirm' | 'task' | 'answer' | 'decide' | 'mend';

/** A question that a launch has for somebody, with what they do in a rehearsal. */
export interface Ask {
  readonly kind: AskKind;
  /** The role; null: whoever is there. */
  readonly role: string | null;
  /** The step or the effect that it is about. */
  readonly about: string;
  /** null: nobody can. */
  readonly deed: { readonly actor: Actor; readonly command: PersonCommand } | null;
}
