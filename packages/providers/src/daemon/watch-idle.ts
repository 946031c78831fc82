import type { DaemonServer } from './daemon-server.ts';
import type { Watch } from './watch-files.ts';

/** A daemon that has nothing to do ends itself. */
export interface IdleEnd {
  /** For so long nobody may have been connected, milliseconds. A caller that has just found it must still get its answer. */
  readonly afterMs: number;
  /** Whether there is nothing to keep running for. */
  readonly may: () => boolean;
}

export function watchIdle(
  idle: IdleEnd,
  server: Pick<DaemonServer, 'quietMs'>,
  daemon: { readonly log: (line: string) => void; readonly stop: () => void },
): Watch {
  const timer = setInterval(
    () => {
      if (server.quietMs() < idle.afterMs || !idle.may()) return;
      daemon.log('nothing left to do');
      daemon.stop();
    },
    Math.max(20, idle.afterMs / 4),
  );
  return { end: () => clearInterval(timer) };
}
