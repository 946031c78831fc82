import type { VersionCounts } from '@slipway/provider-kit';

export type Outcome = keyof VersionCounts['answers'];

/** A line of the log that Slipway's configuration makes nginx write. */
export type LogLine =
  /** A request that reached a version, at its end. */
  | {
      readonly kind: 'request';
      /** The version's, as its environment's prefix and id. */
      readonly upstream: string;
      /** `left`: the client went before it had the whole answer. */
      readonly outcome: Outcome | 'left';
      /** Milliseconds from when the version was asked to the answer's head; null where none came. */
      readonly latency: number | null;
      /** Epoch ms. */
      readonly begunAt: number;
      readonly endedAt: number;
      readonly connection: string;
    }
  /** The answer on this connection breaks off. Its request's own line follows. */
  | { readonly kind: 'broken'; readonly connection: string };

// Anchored, and up to the first comma: what a client sent comes after it.
const broken = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[error\] (\d+)#\d+: \*(\d+) [^,]* while reading upstream, client: /;

/**
 * Null for every other line: what nginx answered itself, its other errors, what others wrote. nginx puts some of what a client sent into
 * its errors as it came, line ends included: only a line with the `mark`, which no client knows, is of a request. A connection is named
 * together with its worker's pid, which clients do not know either.
 */
export function parseLine(text: string, mark: string): LogLine | null {
  const [, worker, connection] = broken.exec(text) ?? [];
  if (connection !== undefined) return { kind: 'broken', connection: `${worker}*${connection}` };
  const fields = text.split('|');
  if (fields.length !== 11 || fields[0] !== mark) return null;
  const [, pid = '', upstream = '', status = '', upstreamStatus = '', heads = '', tries = ''] = fields;
  const [completion, ended, took, own] = fields.slice(7);
  const [endedAt, milliseconds] = [toMs(ended), toMs(took)];
  // Without a try the version never met it.
  if (endedAt === null || milliseconds === null || !/^\d+$/.test(`${pid}${own}`) || tries === '-') return null;
  return {
    kind: 'request',
    upstream,
    outcome: outcomeOf({ status, upstreamStatus: lastOf(upstreamStatus), head: lastOf(heads), completion }),
    latency: latencyOf(heads, tries),
    begunAt: endedAt - milliseconds,
    endedAt,
    connection: `${pid}*${own}`,
  };
}

interface Words {
  readonly status: string;
  readonly upstreamStatus: string;
  readonly head: string;
  readonly completion: string | undefined;
}

function outcomeOf({ status, upstreamStatus, head, completion }: Words): Outcome | 'left' {
  // 499: nginx's own word for a client that closed the connection.
  if (toMs(head) === null) return status === '499' ? 'left' : 'failed';
  if (upstreamStatus.startsWith('1')) return '1xx';
  return completion === 'OK' ? classOf(upstreamStatus) : 'left';
}

const classes: Readonly<Record<string, Outcome>> = { '2': '2xx', '3': '3xx', '4': '4xx' };

/** A status outside 100..599, which HTTP does not define, is an answer nobody can rely on. */
function classOf(status: string): Outcome {
  return /^[234]\d\d$/.test(status) ? (classes[status.charAt(0)] ?? '5xx') : '5xx';
}

/** The tries before the last one, and the last one's until its head. nginx writes seconds, to the millisecond. */
function latencyOf(heads: string, tries: string): number | null {
  const last = toMs(lastOf(heads));
  if (last === null) return null;
  const before = partsOf(tries).slice(0, -1);
  return before.reduce((sum, part) => sum + (toMs(part) ?? 0), last);
}

/** One for each try: `0.001, 0.002`, and ` : ` where nginx went on to another location. */
const partsOf = (list: string): readonly string[] => list.split(/ : |, /);
const lastOf = (list: string): string => partsOf(list).at(-1) ?? '';

function toMs(seconds: string | undefined): number | null {
  return seconds !== undefined && /^\d{1,12}\.\d{3}$/.test(seconds) ? Math.round(Number(seconds) * 1_000) : null;
}
