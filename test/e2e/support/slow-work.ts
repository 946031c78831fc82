import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';

/** What the slow command writes at its begin and its end, and what the one behind it writes. */
export const BEGINS = 'begins';
export const ENDS = 'ends';
export const NEXT = 'next';

const PATIENCE = 30_000;

const SCRIPT = `echo ${BEGINS} >> world.log
while ! test -e may-end; do sleep 0.05; done
echo ${ENDS} >> world.log
`;

/** A command that lasts until it is told to end, and one behind it. Nobody could verify either: an outcome that is lost must be asked for. */
export class SlowWork {
  readonly plan = `launch: slow
artifact: { name: world, version: 1.0.0 }
phases:
  - phase: change
    steps:
      - { run: Slow, command: [sh, slow.sh], effect: executive, undo: { none: only a test } }
      - { run: Next, command: [sh, -c, 'echo ${NEXT} >> world.log'], effect: executive, undo: { none: only a test } }
`;
  readonly #folder: string;

  /** `folder`: of the plan. */
  constructor(folder: string) {
    this.#folder = folder;
    writeFileSync(join(folder, 'slow.sh'), SCRIPT);
  }

  /** In the order in which they were done. */
  deeds(): readonly string[] {
    const text = readFileSync(join(this.#folder, 'world.log'), { encoding: 'utf8', flag: 'a+' });
    return text.split('\n').slice(0, -1);
  }

  /** Until the newest deed is this one. */
  async untilDone(deed: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (this.deeds().at(-1) !== deed) {
      if (Date.now() > deadline) throw new Error(`nobody has done ${deed}: ${this.deeds().join()}`);
      await pass(20);
    }
  }

  letEnd(): void {
    writeFileSync(join(this.#folder, 'may-end'), '');
  }
}

/** The effects that the record says were begun, in order. */
export function begun(events: readonly { readonly event: { readonly type: string } }[]): readonly unknown[] {
  return events.flatMap(({ event }) => (event.type === 'effect-started' && 'effect' in event ? [event.effect] : []));
}
