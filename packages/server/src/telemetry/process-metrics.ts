import { monitorEventLoopDelay } from 'node:perf_hooks';
import { METRICS } from './catalogue.ts';
import type { Instruments } from './instruments.ts';

type Delays = ReturnType<typeof monitorEventLoopDelay>;

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/** What the process itself uses. Returns the way to stop measuring. */
export function observeProcess(instruments: Instruments, version: string): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const { cpu, residentMemory, startTime, heapUsed, loopDelay, build } = METRICS;
  instruments.observedCounter(cpu).addCallback((result) => {
    const { user, system } = process.cpuUsage();
    result.observe((user + system) / MICROSECONDS);
  });
  instruments.gauge(residentMemory).addCallback((result) => result.observe(process.memoryUsage.rss()));
  instruments.gauge(startTime).addCallback((result) => result.observe(performance.timeOrigin / 1000));
  instruments.gauge(heapUsed).addCallback((result) => result.observe(process.memoryUsage().heapUsed));
  instruments.gauge(build).addCallback((result) => result.observe(1, { version, node: process.versions.node }));
  instruments.gauge(loopDelay).addCallback((result) => {
    for (const [percentile, nanoseconds] of percentiles(delay))
      result.observe(nanoseconds / NANOSECONDS, { percentile });
    delay.reset();
  });
  return () => delay.disable();
}

/** None before the first measurement. `quantile` is a summary's own label, and this is no summary. */
function percentiles(delay: Delays): readonly (readonly [percentile: string, nanoseconds: number])[] {
  if (delay.count === 0) return [];
  return [
    ['50', delay.percentile(50)],
    ['99', delay.percentile(99)],
    ['100', delay.max],
  ];
}
