/**
 * What the built-in router costs: requests per second and latency through it against straight to the version, on the loopback
 * address. Load, version and router are a process each; rounds of both sides alternate. Run with Node 24: `node bench/router.ts`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtinRouter, shutdownRouter } from '@slipway/providers';

const rounds = 7;
const end = Buffer.from('\nEND');
const answer = Buffer.concat([Buffer.alloc(1_020, 'x'), end]);
const ask = Buffer.from('GET /bench HTTP/1.1\r\nhost: bench\r\naccept: */*\r\ncookie: slipway=client-1\r\n\r\n');

interface Measured {
  /** Requests per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

if (process.argv[2] === 'version') serveVersion();
else await bench();

function serveVersion(): void {
  const server = createServer((_request, response) => response.end(answer));
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

async function bench(): Promise<void> {
  const version = fork(new URL(import.meta.url), ['version']);
  const [port] = (await once(version, 'message')) as [number];
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  try {
    const routed = await route(directory, port);
    console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}, 1 kB answers\n`);
    for (const [connections, requests] of [
      [1, 5_000],
      [32, 20_000],
    ] as const)
      await compare({ connections, requests }, port, routed);
  } finally {
    await shutdownRouter(directory, 'bench');
    await rm(directory, { recursive: true });
    version.kill();
  }
}

/** A router with all traffic on one version; gives the router's port. */
async function route(dataDirectory: string, port: number): Promise<number> {
  const config = builtinRouter.schema.parse({ listen: 0, sticky: { cookie: 'slipway' } });
  const signal = new AbortController().signal;
  const context = { signal, effect: 'bench', attempt: 1, now: Date.now, log: () => undefined, dataDirectory };
  const backends = { v1: { weight: 100, addresses: [`127.0.0.1:${port}`] } };
  const { address } = await builtinRouter.shift(config, 'bench', { revision: 1, backends }, context);
  return Number(new URL(address).port);
}

interface Load {
  readonly connections: number;
  readonly requests: number;
}

async function compare(load: Load, directPort: number, routedPort: number): Promise<void> {
  const sides = { direct: [] as Measured[], routed: [] as Measured[] };
  await measure(load, directPort);
  await measure(load, routedPort);
  for (let round = 0; round < rounds; round += 1) {
    sides.direct.push(await measure(load, directPort));
    sides.routed.push(await measure(load, routedPort));
  }
  console.log(
    `${load.connections} connection(s), medians of ${rounds} rounds of ${load.requests} requests, alternating`,
  );
  const of = (side: keyof typeof sides, figure: keyof Measured): number =>
    median(sides[side].map((measured) => measured[figure]));
  for (const side of ['direct', 'routed'] as const) {
    const latency = `p50 ${of(side, 'p50').toFixed(3)} ms  p99 ${of(side, 'p99').toFixed(3)} ms`;
    console.log(`  ${side}  ${of(side, 'rate').toFixed(0).padStart(6)} requests/s  ${latency}`);
  }
  const added = (figure: 'p50' | 'p99'): string => (of('routed', figure) - of('direct', figure)).toFixed(3);
  const ratio = (of('routed', 'rate') / of('direct', 'rate')).toFixed(2);
  console.log(`  rate x ${ratio}, added p50 ${added('p50')} ms, added p99 ${added('p99')} ms\n`);
}

/** A client of bare sockets: it costs little beside what it measures. */
async function measure({ connections, requests }: Load, port: number): Promise<Measured> {
  const latencies: number[] = [];
  let left = requests;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    while ((left -= 1) >= 0) {
      const sent = performance.now();
      socket.write(ask);
      await wholeAnswer(socket);
      latencies.push(performance.now() - sent);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - began) / 1_000;
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number => latencies[Math.floor(q * latencies.length)] ?? NaN;
  return { rate: requests / seconds, p50: quantile(0.5), p99: quantile(0.99) };
}

function wholeAnswer(socket: ReturnType<typeof connect>): Promise<void> {
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      if (!chunk.subarray(-end.length).equals(end)) return;
      socket.off('data', onData).off('error', reject).off('close', onClose);
      resolve();
    };
    const onClose = (): void => reject(new Error('the connection was closed'));
    socket.on('data', onData).once('error', reject).once('close', onClose);
  });
}
