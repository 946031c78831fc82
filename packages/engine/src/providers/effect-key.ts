import type { Launch } from '@slipway/core';

/**
 * What an effect is called outside: the same in every attempt, and no other effect's. Another server, or this one with a new data
 * folder, has a launch of the same id; none has this one's beginning.
 */
export function effectKey(launch: Pick<Launch, 'id' | 'origin'>, effect: string): string {
  return `${launchKey(launch)}/${effect}`;
}

/** What a launch is called outside: no other launch's name, of this server or another. */
export function launchKey({ id, origin }: Pick<Launch, 'id' | 'origin'>): string {
  return `${id}.${origin.hash.slice(0, 16)}`;
}
