import { createSystemClock } from '../../clock/system-clock.ts';
import { createInProcessQueue } from '../../queue/in-process-queue.ts';
import { sealEvents } from '../../store/chain.ts';
import { createLaunchStore } from '../../store/launch-store.ts';
import { lockDirectory } from '../../store/sqlite/directory-lock.ts';
import { openSqliteDatabase } from '../../store/sqlite/sqlite-database.ts';
import { START, stepStarted } from '../drafts.ts';
import { join } from 'node:path';
import { writeSync } from 'node:fs';

/**
 * Appends to the launches `killed-1`, `killed-2`, … in the folder named on the command line, as many at once as the second argument says,
 * and prints each acknowledged number behind its launch, until it is killed.
 */
const [, , directory = '', launches = '1'] = process.argv;
await lockDirectory(directory);
const database = await openSqliteDatabase(join(directory, 'slipway.sqlite'));
const clock = createSystemClock();
const store = createLaunchStore(database, createInProcessQueue(database, clock));
process.stdin.resume();
process.stdin.on('end', () => process.exit());
for (let number = 1; number <= Number(launches); number += 1) void appendTo(`killed-${number}`);

async function appendTo(launch: string): Promise<never> {
  let head = (await store.read(launch)).at(-1) ?? START;
  for (;;) {
    // One, two or three at a time: a death must not leave half of them.
    const count = 1 + (head.seq % 3);
    const drafts = Array.from({ length: count }, (_, index) => stepStarted(`${index + 1} of ${count}`));
    const events = sealEvents(launch, head, drafts, clock.now());
    const expected = head.seq;
    head = events.at(-1) ?? head;
    const work = { id: `${launch}/${head.seq}`, launch, effect: null, dueAt: 0 };
    await store.append({
      launch,
      name: 'killed',
      expected,
      events,
      enqueue: [work],
      complete: [`${launch}/${expected}`],
      active: true,
      release: false,
    });
    writeSync(1, `${launch} ${head.seq}\n`);
  }
}
