import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  /** Ended, but its parent has not asked how; holds no port and no file any more. */
  readonly zombie: boolean;
  /** Together with the pid names one process beyond doubt. */
  readonly started: string;
}

/** Every process of the machine that this one may see. Synchronous, some milliseconds. */
export function listProcesses(): readonly ProcessEntry[] {
  return hasProc ? pidsOfProc().flatMap((pid) => readProc(pid) ?? []) : parsePs(runPs());
}

/** One process; null when there is none. */
export function findProcess(pid: number): ProcessEntry | null {
  if (hasProc) return readProc(pid);
  return listProcesses().find((entry) => entry.pid === pid) ?? null;
}

/**
 * The live processes that have `text` in their environment. Linux only, of this user only; elsewhere empty: there the group's
 * leader alone tells what is ours.
 */
export function findByEnvironment(text: string): readonly ProcessEntry[] {
  if (!hasProc) return [];
  return pidsOfProc().flatMap((pid) => (environmentHas(pid, text) ? (readProc(pid) ?? []) : []));
}

// Slim images have no ps, and macOS has no /proc.
const hasProc = existsSync('/proc/self/stat');

const pidsOfProc = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function readProc(pid: number): ProcessEntry | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat === null ? null : parseStat(pid, stat);
}

/** Fields are counted from behind the program's name: it stands in parentheses and may hold anything. See proc(5). */
export function parseStat(pid: number, stat: string): ProcessEntry | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const started = fields[19];
  if (state === undefined || group === undefined || started === undefined) return null;
  return { pid, group: Number(group), zombie: state === 'Z' || state === 'X', started: `${bootId()}/${started}` };
}

/** Start times count from the boot: after a reboot another process may have the same pid and the same count. */
const bootId = (): string => readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown';

const environmentHas = (pid: number, text: string): boolean =>
  readOrNull(`/proc/${pid}/environ`)?.includes(text) ?? false;

/** Null where the process is gone or belongs to somebody else. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export const runPs = (): string =>
  execFileSync('ps', ['-axo', 'pid=,pgid=,stat=,lstart='], { encoding: 'utf8', maxBuffer: 20_000_000 });

export function parsePs(output: string): readonly ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, group, state = '', started = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (pid === undefined) return [];
    return [{ pid: Number(pid), group: Number(group), zombie: state.startsWith('Z'), started }];
  });
}
