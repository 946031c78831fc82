import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { LifeOrder } from './life-order.ts';
import { readTellings, type Telling } from './telling.ts';

/** How one life went. */
export interface Life {
  readonly tellings: readonly Telling[];
  /** `survived` also where it never came to its deadly point; `failed`: it ended as nobody meant it to. */
  readonly end: 'survived' | 'died' | 'failed';
  /** What it wrote to standard error; empty where all is well. */
  readonly complaint: string;
}

/** Many times what the longest life takes; milliseconds. */
const PATIENCE = 60_000;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

interface Circumstances {
  /** Milliseconds from its start at which it is killed from outside; null: never. */
  readonly after: number | null;
  /** Folder in which lives leave their compiled code to the next: they start three times as fast. */
  readonly cache: string;
}

/** Runs one life to its end. */
export async function live(order: LifeOrder, { after, cache }: Circumstances): Promise<Life> {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, [CHILD, JSON.stringify(order)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let late = false;
  const patience = setTimeout(() => (late = child.kill('SIGKILL')), PATIENCE);
  const fate = after === null ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  const closed = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const [output, complaint, code] = await Promise.all([buffer(child.stdout), buffer(child.stderr), closed]);
  clearTimeout(patience);
  clearTimeout(fate);
  const tellings = readTellings(output.toString());
  if (late) return { tellings, end: 'failed', complaint: `it did not end within ${PATIENCE / 1000} s` };
  const end = code === 0 ? 'survived' : code === null ? 'died' : 'failed';
  return { tellings, end, complaint: complaint.toString() };
}
