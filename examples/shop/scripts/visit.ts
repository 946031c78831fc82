// node scripts/visit.ts http://127.0.0.1:8080 [requests a second] [seconds] [share of baskets with a gift card]
//   [--only checkout] [--staff SHARE] [--beta SHARE]
import { parseArgs } from 'node:util';
import { runVisitors } from '../visitors.ts';

const { values, positionals } = parseArgs({
  options: {
    only: { type: 'string' },
    staff: { type: 'string', default: '0' },
    beta: { type: 'string', default: '0' },
  },
  allowPositionals: true,
});
const [url = 'http://127.0.0.1:3000', rate = '20', seconds = '60', giftCards = '0.4'] = positionals;
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

try {
  const mostMilliseconds = Number(seconds) * 1000;
  console.table(
    await runVisitors({
      url,
      ratePerSecond: Number(rate),
      mostMilliseconds,
      giftCards: Number(giftCards),
      staff: Number(values.staff),
      beta: Number(values.beta),
      ...(values.only === 'checkout' ? { only: 'checkout' } : {}),
      signal: stop.signal,
    }).then(({ byVersion, lost }) => ({ ...byVersion, lost: { requests: lost } })),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
