import type { Wait } from '../model/outcome.ts';

/** Who waits for whom, in English. */
export function enWaits(waits: readonly Wait[]): string {
  return waits
    .map(({ launch, environment, holder }) => `${launch} waits for ${environment}, which ${holder} holds`)
    .join('; ');
}

/** Who waits for whom, in French. */
export function frWaits(waits: readonly Wait[]): string {
  return waits
    .map(({ launch, environment, holder }) => `${launch} attend ${environment}, que tient ${holder}`)
    .join(' ; ');
}
