import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Counters } from './counters.ts';
import { readCounters } from './counters.ts';
import { readServerStates, readStat } from './replies.ts';
import type { RuntimeApi } from './runtime-api.ts';

/** A server line of the backend: a slot for one instance. */
export interface Server {
  readonly name: string;
  /** `host:port` as HAProxy has it now. */
  readonly address: string;
  /** Neither in maintenance nor draining, as far as orders go; it may be down all the same. */
  readonly ready: boolean;
  readonly maintenance: boolean;
  /** As it was set, 0..256. */
  readonly weight: number;
  /** What the balancing really gives it now: 0 for one that is down; less than `weight` during a slow start. */
  readonly share: number;
  readonly inFlight: number;
  /** Whole seconds since its last request; null: none yet. */
  readonly idleSeconds: number | null;
  readonly counters: Counters;
}

export interface Backend {
  readonly pid: number;
  /** Seconds that this HAProxy process has run for. */
  readonly uptimeSeconds: number;
  /** Empty where the socket is not of a level that is told. */
  readonly algorithm: string;
  /** Without those that are `backup`. */
  readonly servers: readonly Server[];
}

// Bits of srv_admin_state. Bit 2 only says that the configuration once began with `disabled`.
const maintenanceBits = 0x01 | 0x02 | 0x20 | 0x40;
const drainBits = 0x08 | 0x10;

/** The backend as it is now. Throws TerminalError where HAProxy has none of that name that speaks HTTP: only those count answers. */
export async function readBackend(api: RuntimeApi, name: string): Promise<Backend> {
  const [info = '', states = '', stat = ''] = await api.ask([
    'show info',
    `show servers state ${name}`,
    `show stat ${name} 6 -1`,
  ]);
  for (const reply of [info, states, stat]) refuseReply(reply, name);
  const admin = new Map(readServerStates(states).map((state) => [state.name, state]));
  const rows = readStat(stat);
  const whole = rows.find((row) => row.text('svname') === 'BACKEND');
  if (whole === undefined) throw new RetryableError(`HAProxy says nothing of the backend ${name} as a whole`);
  const mode = whole.text('mode');
  if (mode !== 'http') throw new TerminalError(`The backend ${name} is in mode ${mode}: write \`mode http\``);
  const servers = rows.flatMap((row): Server[] => {
    const state = admin.get(row.text('svname'));
    if (state === undefined || row.number('bck') === 1) return [];
    const up = /^(?:UP|no check)/.test(row.text('status'));
    return [
      {
        name: state.name,
        address: state.address,
        ready: (state.admin & (maintenanceBits | drainBits)) === 0,
        maintenance: (state.admin & maintenanceBits) !== 0,
        weight: state.weight,
        share: up ? row.number('weight') : 0,
        inFlight: row.number('scur'),
        idleSeconds: row.number('lastsess') < 0 ? null : row.number('lastsess'),
        counters: readCounters(row),
      },
    ];
  });
  return { ...processOf(info), algorithm: whole.text('algo'), servers };
}

/** Throws for a reply that is a refusal and not an answer. */
export function refuseReply(reply: string, backend: string): void {
  if (/^permission denied/i.test(reply)) throw notPermitted();
  if (/^(?:No such proxy|Can't find backend|No such backend)/.test(reply)) {
    throw new TerminalError(`HAProxy has no backend ${backend}: name one that is in its configuration`);
  }
  if (/static LB algorithm/.test(reply)) {
    throw new TerminalError(
      `The backend ${backend} takes no weights while it runs: write \`balance roundrobin\`, or with a hash \`hash-type consistent\``,
    );
  }
}

export function notPermitted(): TerminalError {
  return new TerminalError('HAProxy refuses (permission denied): write `level admin` on its `stats socket` line');
}

function processOf(info: string): Pick<Backend, 'pid' | 'uptimeSeconds'> {
  const pid = Number(/^Pid: (\d+)$/m.exec(info)?.[1]);
  const uptimeSeconds = Number(/^Uptime_sec: (\d+)$/m.exec(info)?.[1]);
  if (Number.isInteger(pid) && Number.isInteger(uptimeSeconds)) return { pid, uptimeSeconds };
  throw new RetryableError('HAProxy does not say in `show info` which process it is and since when');
}
