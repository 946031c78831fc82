import type { Launch } from '@slipway/core';
import type { Clock, Engine, LogPart, WrittenEvent } from '@slipway/engine';

/** Comment lines keep the connection open through proxies, and tell a client that silence is news, in milliseconds. */
export const HEARTBEAT = 5_000;
/** Looks come every second or faster; screens need no more, in milliseconds. */
const AT_MOST_EVERY = 100;
/** Events that are read, and written, at once: many who do not read would have as many long logs stand in memory. */
const AT_ONCE = 100;

export interface Follower {
  readonly signal: AbortSignal;
  /** Number of the newest event that it has; null: it wants those of from now on. */
  readonly after: number | null;
  /** An event as it goes over the wire. */
  readonly tell: (event: WrittenEvent) => string;
  /** A view as it goes over the wire. */
  readonly show: (launch: Launch) => string;
  /** Whether it may still see this. Asked at every heartbeat, whatever happens meanwhile. */
  readonly allowed: () => Promise<boolean>;
  /** Resolves when there is room for more; false: it is gone. */
  readonly write: (text: string) => Promise<boolean>;
}

interface Ports {
  readonly launches: Pick<Engine, 'find' | 'listen'>;
  readonly written: (launch: string, part: LogPart) => Promise<readonly WrittenEvent[]>;
  readonly clock: Clock;
}

/**
 * Tells a follower of every change of a launch until it goes or may not see it any more. It gets every new event, in order and once,
 * and then the whole view that knows of them: of views, one that reads slowly needs only the newest.
 */
export async function followLaunch({ launches, written, clock }: Ports, id: string, follower: Follower): Promise<void> {
  const { signal, show, tell, allowed, write } = follower;
  let seen = follower.after;
  let wake = Promise.withResolvers<void>();
  let asked = clock.now();
  const stop = launches.listen(id, () => wake.resolve());
  const send = async (text: string): Promise<boolean> => {
    // A clock that was set back asks at once.
    if (Math.abs(clock.now() - asked) >= HEARTBEAT - AT_MOST_EVERY) {
      if (!(await allowed())) return false;
      asked = clock.now();
    }
    return !signal.aborted && (await write(text));
  };
  const tellAll = (events: readonly WrittenEvent[]): string => events.map(tell).join('');
  const sendNews = async (launch: Launch): Promise<boolean> => {
    const { seq } = launch.head;
    // A number that we do not have yet is from another database: what it stood for is not known here.
    let after = Math.min(seen ?? seq, seq);
    for (; seq - after > AT_ONCE; after += AT_ONCE)
      if (!(await send(tellAll(await written(id, { after, upTo: after + AT_ONCE }))))) return false;
    // What came after this view waits for the next one: ids never go back.
    const news = after < seq ? await written(id, { after, upTo: seq }) : [];
    seen = seq;
    return await send(`${tellAll(news)}${show(launch)}`);
  };
  try {
    while (!signal.aborted) {
      wake = Promise.withResolvers<void>();
      const launch = await launches.find(id);
      if (launch !== null && !(await sendNews(launch))) return;
      await clock.sleep(AT_MOST_EVERY, signal);
      while (!signal.aborted && !(await changedWithin(clock, wake.promise, signal)))
        if (!signal.aborted && !(await send(': still here\n\n'))) return;
    }
  } finally {
    stop();
  }
}

/** false: nothing changed for a heartbeat. */
async function changedWithin(clock: Clock, changed: Promise<void>, signal: AbortSignal): Promise<boolean> {
  const done = new AbortController();
  const idle = clock.sleep(HEARTBEAT, AbortSignal.any([signal, done.signal])).then(() => false);
  const result = await Promise.race([changed.then(() => true), idle]);
  done.abort();
  return result;
}
