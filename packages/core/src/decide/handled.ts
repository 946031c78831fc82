import type { Rejection } from '../model/command.ts';
import type { LaunchEvent } from '../model/event.ts';

export type Handled =
  | { readonly ok: true; readonly events: readonly LaunchEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

export function accept(events: readonly LaunchEvent[]): Handled {
  return { ok: true, events };
}

/** `message` is one line that says why, and what to do where something can be done. */
export function refuse(code: Rejection['code'], message: string): Handled {
  return { ok: false, rejection: { code, message } };
}
