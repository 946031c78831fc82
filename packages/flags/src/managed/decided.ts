import type { FlagRejection } from './flag-command.ts';
import type { FlagActor, FlagEvent } from './flag-event.ts';

/** What a command comes to. Without events: all is so already. */
export type FlagDecision =
  | { readonly ok: true; readonly events: readonly FlagEvent[] }
  | { readonly ok: false; readonly rejection: FlagRejection };

/** Who asks, and when (epoch ms). */
export interface Asked {
  readonly actor: FlagActor;
  readonly now: number;
}

export const NOTHING: FlagDecision = { ok: true, events: [] };

export function decided(...events: readonly FlagEvent[]): FlagDecision {
  return { ok: true, events };
}

export function refuse(message: string): FlagDecision {
  return { ok: false, rejection: { code: 'refused', message } };
}

export function wrong(message: string): FlagDecision {
  return { ok: false, rejection: { code: 'wrong-input', message } };
}

export function notFound(message: string): FlagDecision {
  return { ok: false, rejection: { code: 'not-found', message } };
}

export function noFlag(flag: string): FlagDecision {
  return notFound(`There is no flag ${short(flag)} in this set.`);
}

export function needsPerson(message: string): FlagDecision {
  return { ok: false, rejection: { code: 'needs-person', message } };
}

/** A name from outside, safe to put into a message. */
export function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
