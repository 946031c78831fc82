import type { Work, WorkQueue } from '@slipway/engine';

/** Told when work is taken up; the answer is called when its handler has ended, `ok` or with an error. */
export type OnWork = (work: Work) => (ok: boolean) => void;

/** The same queue, of which the deliveries are told. */
export function observedQueue(queue: WorkQueue, onWork: OnWork): WorkQueue {
  return {
    enqueue: (tx, work) => queue.enqueue(tx, work),
    complete: (tx, ids) => queue.complete(tx, ids),
    goOn: (tx, goingOn) => queue.goOn(tx, goingOn),
    start: (handle) =>
      queue.start(async (work, lost) => {
        const ended = onWork(work);
        let ok = false;
        try {
          await handle(work, lost);
          ok = true;
        } finally {
          ended(ok);
        }
      }),
    nudge: () => queue.nudge(),
    stop: () => queue.stop(),
  };
}
