// The load generator, a process of its own.
import autocannon from 'autocannon';
import { answerQuestions } from '../process/answering.ts';
import { percentile } from '../report/statistics.ts';
import type { Load, Loaded } from './load.ts';

answerQuestions({
  load: async ({ url, connections, seconds, rate }: Load): Promise<Loaded> => {
    const times: number[] = [];
    const limit = rate === null ? {} : { overallRate: rate };
    const run = autocannon({ url, connections, duration: seconds, ...limit, headers: { cookie: 'slipway=client-1' } });
    // Its own histogram counts in whole milliseconds: too coarse for what a router adds.
    run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
    const { errors, non2xx, duration } = await run;
    return {
      requests: times.length,
      failed: errors + non2xx,
      rate: times.length / duration,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
    };
  },
});
