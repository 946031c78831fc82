// Visitors of the shop, in a process of their own, for as long as the bench wants.
import { type Answered, runVisitors } from '../../examples/shop/visitors.ts';
import { answerQuestions } from '../process/answering.ts';
import { meet, type Met, NOTHING_MET } from './met.ts';

let leaving = new AbortController();
let visits: Promise<unknown> = Promise.resolve();
let versions = new Map<string, Met>();
let paths = new Map<string, number>();

answerQuestions({
  visit: async ({ url, rate }: { readonly url: string; readonly rate: number }) => {
    leaving.abort();
    await visits;
    leaving = new AbortController();
    const bounds = { mostRequests: 100_000_000, mostMilliseconds: 86_400_000 };
    visits = runVisitors({ url, ratePerSecond: rate, signal: leaving.signal, onAnswer: note, ...bounds });
  },
  forget: () => {
    versions = new Map();
    paths = new Map();
  },
  met: () => Object.fromEntries(versions),
  /** Share of all requests by path. */
  shares: () => {
    const all = [...paths.values()].reduce((sum, count) => sum + count, 0);
    return Object.fromEntries([...paths].map(([path, count]) => [path, count / all]));
  },
});

function note({ version, status, at, path }: Answered): void {
  paths.set(path, (paths.get(path) ?? 0) + 1);
  const bad = status === null || status >= 500;
  versions.set(version, meet(versions.get(version) ?? NOTHING_MET, { bad, at }));
}
