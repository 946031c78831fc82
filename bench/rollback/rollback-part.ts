import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchView } from '@slipway/contract';
import { freePort } from '../../scripts/servers/free-port.ts';
import type { RealServer } from '../../test/e2e/support/real-server.ts';
import { openShop, type Shop } from '../../test/e2e/support/shop.ts';
import type { Circumstances, Part } from '../part.ts';
import { Child } from '../process/child.ts';
import type { Findings, Goal, Row } from '../report/result.ts';
import { percentile } from '../report/statistics.ts';
import { defectsFor, type Shares, writeRelease } from './bad-release.ts';
import { type Met, NOTHING_MET, RULE } from './met.ts';
import { planText } from './plan-text.ts';
import { splitTime, type TimeSplit } from './split-time.ts';

/** How long visitors meet a bad version. */
export const rollbackPart: Part = {
  name: 'rollback',
  title: 'From the first bad answer to all traffic back',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const shop = await openShop();
    stack.defer(() => shop.close());
    const visitors = stack.use(await Child.start(new URL('visitors-child.ts', import.meta.url)));
    const stage: Stage = { shop, visitors, port: await freePort() };
    const { id } = await shop.server.launch(planText('first', stage.port));
    const { state, headline } = await shop.server.settled(id);
    if (state !== 'completed') throw new Error(`the first version does not serve: ${headline}`);
    await writeReleases(stage, circumstances);
    const flown: Flown[] = [];
    for (const shape of shapesOf(circumstances.quick)) flown.push(await flyAll(stage, shape, circumstances));
    return findingsOf(flown);
  },
};

interface Stage {
  readonly shop: Shop;
  readonly visitors: Child;
  readonly port: number;
}

interface Shape {
  /** Requests a second. */
  readonly rate: number;
  /** Share of the new version's answers that are bad. */
  readonly errors: number;
  readonly runs: number;
}

const ERRORS = [0.02, 0.5];

function shapesOf(quick: boolean): readonly Shape[] {
  if (quick) return [{ rate: 200, errors: 0.5, runs: 2 }];
  return ERRORS.flatMap((errors) => [50, 200, 1_000].map((rate) => ({ rate, errors, runs: 20 })));
}

const versionOf = (errors: number): string => `9.${errors * 100}.0`;

/** What a release must spoil follows from what the visitors ask for. */
async function writeReleases(stage: Stage, { quick, say }: Circumstances): Promise<void> {
  say('rollback: what visitors ask for');
  await visit(stage, 500);
  await pass(quick ? 3_000 : 20_000);
  const shares = await stage.visitors.ask<Shares>('shares');
  for (const errors of ERRORS) writeRelease(stage.shop.folder, versionOf(errors), defectsFor(errors, shares));
}

async function visit({ visitors, port }: Stage, rate: number): Promise<void> {
  await visitors.ask('visit', { url: `http://127.0.0.1:${port}`, rate });
  await visitors.ask('forget');
}

interface Flown extends Shape {
  readonly splits: readonly TimeSplit[];
  /** Requests that met the new version, and how many of their answers were bad, over all runs. */
  readonly met: number;
  readonly bad: number;
}

async function flyAll(stage: Stage, shape: Shape, { say }: Circumstances): Promise<Flown> {
  await visit(stage, shape.rate);
  await pass(2_000);
  const splits: TimeSplit[] = [];
  let [met, bad] = [0, 0];
  for (let run = 1; run <= shape.runs; run += 1) {
    say(`rollback: ${shape.rate} requests/s, ${shape.errors * 100} % errors, run ${run} of ${shape.runs}`);
    const { split, seen } = await fly(stage, shape);
    splits.push(split);
    met += seen.requests;
    bad += seen.bad;
  }
  return { ...shape, splits, met, bad };
}

/** One launch of the bad version, taken back. Throws where it ended in any other way. */
async function fly({ shop, visitors, port }: Stage, { errors }: Shape): Promise<{ split: TimeSplit; seen: Met }> {
  const version = versionOf(errors);
  await visitors.ask('forget');
  const { id } = await shop.server.launch(planText('next', port), version);
  const view = await ended(shop.server, id);
  // What was in flight when the traffic went back has been answered by then.
  await pass(300);
  const seen = (await visitors.ask<Readonly<Record<string, Met>>>('met'))[version] ?? NOTHING_MET;
  const { events } = await shop.server.record(id);
  const { firstBadAt, lastAt, enoughAt } = seen;
  if (firstBadAt === null || lastAt === null) throw new Error(`${id}: visitors saw nothing bad: ${view.headline}`);
  // The router may have seen enough when one answer was still on its way to its visitor.
  const split = splitTime({ events, firstBadAt, enoughAt: enoughAt ?? lastAt, lastNewAt: lastAt });
  if (split === null) throw new Error(`${id} was not taken back for what visitors saw: ${view.headline}`);
  return { split, seen };
}

/** Longer than a test would wait: few visitors take minutes to meet enough of what seldom fails. */
const PATIENCE = 900_000;

async function ended(server: RealServer, id: string): Promise<LaunchView> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const view = await server.api<LaunchView>('GET', `/launches/${id}`);
    if (view.endedAt !== null || view.state === 'held') return view;
    if (Date.now() > deadline) throw new Error(`${id} did not end: ${view.headline}`);
    await pass(200);
  }
}

const name = ({ rate, errors }: Shape): string => `${rate} requests/s, ${errors * 100} % errors`;

function findingsOf(flown: readonly Flown[]): Findings {
  const rows = flown.map((each): Row => {
    const totals = each.splits.map(({ total }) => total);
    const whole = sum(totals);
    const shareOf = (part: keyof TimeSplit): number => (sum(each.splits.map((split) => split[part])) / whole) * 100;
    const seconds = [percentile(totals, 0.5) / 1_000, percentile(totals, 0.95) / 1_000];
    const shares = [shareOf('data'), shareOf('look'), shareOf('decision'), shareOf('router')];
    return {
      label: name(each),
      figures: [...seconds, ...shares, (each.bad / each.met) * 100, each.met / each.splits.length],
    };
  });
  const columns = [
    'p50 s',
    'p95 s',
    'data %',
    'look %',
    'decision %',
    'router %',
    'bad answers %',
    'met the new version',
  ];
  const notes = [
    `Canary of 5 %, errors.new < ${RULE.limit} on at least ${RULE.samples} requests, a look every second; ${flown[0]?.runs ?? 0} runs each; times as visitors saw them.`,
    'Evidence is data (first bad answer until there is enough to break the condition) and look (until the verdict is recorded).',
    'decision: from the verdict to the shift back; router: from there to the last answer of the new version.',
  ];
  return {
    tables: [{ title: 'Seconds from the first bad answer to all traffic back', columns, rows, notes }],
    goals: flown.map(goalOf),
  };
}

function goalOf(each: Flown): Goal {
  const measured =
    percentile(
      each.splits.map(({ total }) => total),
      0.95,
    ) / 1_000;
  return { text: `${name(each)}: p95`, unit: 's', wanted: 'at most', limit: 2, measured };
}

function sum(figures: readonly number[]): number {
  return figures.reduce((all, figure) => all + figure, 0);
}
