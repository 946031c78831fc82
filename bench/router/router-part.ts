import type { Circumstances, Part } from '../part.ts';
import { Child } from '../process/child.ts';
import { cpuSeconds } from '../process/usage.ts';
import { installedVersion } from '../report/machine.ts';
import type { Findings, Row, Table } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { startBuiltin } from './builtin.ts';
import { startHaproxy } from './haproxy.ts';
import type { Load, Loaded } from './load.ts';
import type { Route } from './route.ts';

/** What a router between the visitors and the version costs. */
export const routerPart: Part = {
  name: 'router',
  title: 'Routers: builtin, HAProxy, and none',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const version = stack.use(await Child.start(new URL('version-child.ts', import.meta.url), circumstances));
    const load = stack.use(await Child.start(new URL('load-child.ts', import.meta.url), circumstances));
    const port = await version.ask<number>('port');
    const routes = [direct(port)];
    for (const start of [startBuiltin, startHaproxy]) {
      const route = await start(circumstances.folder, port);
      if (route === null) continue;
      stack.defer(() => route.stop());
      routes.push(route);
    }
    return await compare(routes, load, circumstances);
  },
};

function direct(port: number): Route {
  return { label: 'direct', url: `http://127.0.0.1:${port}`, pid: null, stop: async () => {} };
}

interface Shape extends Omit<Load, 'url'> {
  readonly label: string;
}

function shapesOf(quick: boolean): readonly Shape[] {
  const seconds = quick ? 1 : 6;
  return [
    { label: 'As many as there can be', connections: 32, seconds, rate: null },
    { label: '1,000 requests/s', connections: 32, seconds, rate: 1_000 },
  ];
}

interface Measured extends Loaded {
  /** Microseconds of processor time of the router's process for a request. */
  readonly cpu: number;
}

async function compare(routes: readonly Route[], load: Child, { quick, say }: Circumstances): Promise<Findings> {
  const rounds = quick ? 2 : 5;
  const tables: Table[] = [];
  for (const route of routes)
    await load.ask('load', { url: route.url, connections: 32, seconds: quick ? 1 : 5, rate: null });
  for (const shape of shapesOf(quick)) {
    const measured = routes.map((route): [Route, Measured[]] => [route, []]);
    for (let round = 1; round <= rounds; round += 1) {
      say(`router: ${shape.label}, round ${round} of ${rounds}`);
      for (const [route, results] of measured) results.push(await measure(route, shape, load));
    }
    tables.push(tableOf(`${shape.label}, ${shape.connections} connections, medians of ${rounds} rounds`, measured));
  }
  return { tables, goals: [] };
}

async function measure({ url, pid }: Route, shape: Shape, load: Child): Promise<Measured> {
  const { connections, seconds, rate } = shape;
  const before = pid === null ? 0 : cpuSeconds(pid);
  const loaded = await load.ask<Loaded>('load', { url, connections, seconds, rate });
  const taken = pid === null ? 0 : cpuSeconds(pid) - before;
  if (loaded.failed > 0) throw new Error(`${loaded.failed} of ${loaded.requests} requests to ${url} failed`);
  return { ...loaded, cpu: (taken / loaded.requests) * 1_000_000 };
}

function tableOf(title: string, measured: readonly (readonly [Route, readonly Measured[]])[]): Table {
  const of = (results: readonly Measured[], key: keyof Measured): number => median(results.map((each) => each[key]));
  const [, none = []] = measured[0] ?? [];
  const rows = measured.map(([{ label, pid }, results]): Row => {
    const added = (key: 'p50' | 'p99'): number | null => (pid === null ? null : of(results, key) - of(none, key));
    const figures = [
      of(results, 'rate'),
      of(results, 'p50'),
      of(results, 'p99'),
      added('p50'),
      added('p99'),
      pid === null ? null : of(results, 'cpu'),
    ];
    return { label, figures };
  });
  return {
    title,
    columns: ['requests/s', 'p50 ms', 'p99 ms', 'added p50 ms', 'added p99 ms', 'router CPU µs/request'],
    rows,
    notes: [
      `autocannon ${installedVersion('autocannon')} in a process of its own; answers of 1 kB; sticky by cookie; each router on one thread.`,
    ],
  };
}
