import type { EffectClass, EffectWork } from '../model/effect.ts';

/** One move of a step: an effect in the world, or something that a person or the clock does. */
export type Move =
  | {
      readonly kind: 'effect';
      readonly work: EffectWork;
      readonly class: EffectClass;
      readonly timeout: number | null;
      readonly attempts: number;
    }
  | { readonly kind: 'confirm'; readonly phrase: string }
  | { readonly kind: 'vote' }
  | { readonly kind: 'proof' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'send' };
