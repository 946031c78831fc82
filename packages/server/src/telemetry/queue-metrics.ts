import type { Clock } from '@slipway/engine';
import { METRICS } from './catalogue.ts';
import type { Instruments } from './instruments.ts';
import type { OnWork } from './observed-queue.ts';

/** Counts the work that this server does, and how late its wake-ups were taken up. */
export function createQueueMetrics(instruments: Instruments, clock: Clock): OnWork {
  const inFlight = instruments.level(METRICS.queueInFlight);
  const failures = instruments.counter(METRICS.workFailures);
  const lateness = instruments.histogram(METRICS.timerLateness);
  inFlight.add(0);
  failures.add(0);
  return (work) => {
    inFlight.add(1);
    // Effects are due at once, whatever their due time says.
    if (work.effect === null) lateness.record(Math.max(clock.now() - work.dueAt, 0) / 1000);
    return (ok) => {
      inFlight.add(-1);
      if (!ok) failures.add(1);
    };
  };
}
