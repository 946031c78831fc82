import { setOfNotice } from '../flags/flag-notice.ts';
import type { Hub } from '../live/hub.ts';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import type { Launches } from './launches.ts';
import { Unheard } from './unheard.ts';

interface Ports {
  /** undefined: no other process changes anything. */
  readonly changes?: Pick<Changes, 'listen'> | undefined;
  readonly store: Pick<LaunchStore, 'versions'>;
  readonly clock: Clock;
  readonly onError: (error: unknown, what: string) => void;
}

/**
 * A person's word that another process took stops what runs in this one, and reaches the screens that look here: by what is told, and
 * a little later without that. Returns the way to stop.
 */
export function hearChanges({ changes, store, clock, onError }: Ports, launches: Launches, hub: Hub): () => void {
  if (changes === undefined) return () => {};
  const hear = (id: string, version: number | null = null): void => {
    launches
      .heard(id, version)
      .catch((error: unknown) => onError(error, `launch ${id} was changed and cannot be read`));
  };
  const wanted = (): readonly string[] => [...launches.active().map((launch) => launch.id), ...hub.listened()];
  const stop = changes.listen((id, version) => {
    if (id === null) wanted().forEach((each) => hear(each));
    else if (setOfNotice(id) === null) hear(id, version);
  });
  const over = new AbortController();
  const known = (id: string): number | null => launches.known(id)?.head.seq ?? null;
  void new Unheard({ store, clock, wanted, known, hear, onError }).keepComparing(over.signal);
  return () => {
    over.abort();
    stop();
  };
}
