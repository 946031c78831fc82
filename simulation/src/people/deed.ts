import type { Actor, Command } from '@slipway/core';

/** Something that a person does. */
export interface Deed {
  readonly actor: Actor;
  readonly command: Command;
}

export function deed(person: string, command: Command): Deed {
  return { actor: { kind: 'person', id: person }, command };
}
