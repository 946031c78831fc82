import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Ended, but its parent has not asked how; holds no port and no file any more. */
  readonly zombie: boolean;
  /** Together with the pid names one process beyond doubt. */
  readonly started: string;
}

/** Which process, beyond doubt: a pid alone is used again. */
export type ProcessIdentity = Pick<ProcessEntry, 'pid' | 'started'>;

/** Every process of the machine that this one may see. Synchronous, some milliseconds. */
export function listProcesses(): readonly ProcessEntry[] {
  return hasProc ? pidsOfProc().flatMap((pid) => readProc(pid) ?? []) : parsePs(runPs());
}

/** One process; null when there is none. */
export function findProcess(pid: number): ProcessEntry | null {
  if (hasProc) return readProc(pid);
  return listProcesses().find((entry) => entry.pid === pid) ?? null;
}

/** The same process, not another one that got its pid, and not a zombie. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  const found = findProcess(pid);
  return found !== null && !found.zombie && found.started === started;
}

/** Whether a process that was seen started in this boot of the machine. False where the operating system does not tell. */
export function isOfThisBoot({ started }: Pick<ProcessIdentity, 'started'>): boolean {
  return bootId() !== unknownBoot && started.startsWith(`${bootId()}/`);
}

/** Whether findByEnvironment can find anything here. */
export const environmentsAreTold = (): boolean => hasProc;

/**
 * The live processes in whose environment the variable has a value that is looked for. Linux only, and only processes that this
 * user may look into; elsewhere empty.
 */
export function findByEnvironment(variable: string, isLookedFor: (value: string) => boolean): readonly ProcessEntry[] {
  if (!hasProc) return [];
  const key = `${variable}=`;
  const has = (entry: string): boolean => entry.startsWith(key) && isLookedFor(entry.slice(key.length));
  return pidsOfProc().flatMap((pid) => (environmentOf(pid).some(has) ? (readProc(pid) ?? []) : []));
}

// Slim images have no ps, and macOS has no /proc.
const hasProc = existsSync('/proc/self/stat');

const unknownBoot = 'unknown';
let knownBootId: string | undefined;

/** Start times alone do not do: after a reboot another process may have the same pid and the same time. */
const bootId = (): string => (knownBootId ??= readBootId());

function readBootId(): string {
  if (hasProc) return readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? unknownBoot;
  try {
    return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim() || unknownBoot;
  } catch {
    return unknownBoot;
  }
}

function pidsOfProc(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProc(pid: number): ProcessEntry | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat === null ? null : parseStat(pid, stat);
}

/** Fields are counted from behind the program's name: it stands in parentheses and may hold anything. See proc(5). */
export function parseStat(pid: number, stat: string): ProcessEntry | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  const ticks = fields[19];
  if (state === undefined || parent === undefined || group === undefined || ticks === undefined) return null;
  const zombie = state === 'Z' || state === 'X';
  return { pid, parent: Number(parent), group: Number(group), zombie, started: `${bootId()}/${ticks}` };
}

const environmentOf = (pid: number): readonly string[] => readOrNull(`/proc/${pid}/environ`)?.split('\0') ?? [];

/** Null where the process is gone or belongs to somebody else. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export const runPs = (): string =>
  execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8', maxBuffer: 20_000_000 });

export function parsePs(output: string): readonly ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, parent, group, state = '', time = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (pid === undefined) return [];
    const zombie = state.startsWith('Z');
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), zombie, started: `${bootId()}/${time}` }];
  });
}
