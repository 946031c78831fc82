// The load generator, a process of its own.
import autocannon from 'autocannon';
import { answerQuestions } from '../../process/answering.ts';
import { percentile } from '../../report/statistics.ts';
import type { Load, Loaded } from './load.ts';

answerQuestions({
  load: async ({ url, headers, bodies, connections, seconds }: Load): Promise<Loaded> => {
    const times: number[] = [];
    const requests = bodies.map((body) => ({ body }));
    const run = autocannon({ url, connections, duration: seconds, method: 'POST', headers, requests });
    // Its own histogram counts in whole milliseconds.
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
