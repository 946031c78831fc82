import { writeSync } from 'node:fs';
import { createSystemClock } from '../../clock/system-clock.ts';
import { createPgBossQueue } from '../../queue/pg-boss-queue.ts';
import { openPostgresDatabase } from '../../store/postgres/postgres-database.ts';

/** Takes all work of the database whose URL comes on standard input, prints the id of each, and keeps it until it is killed. */
process.stdin.setEncoding('utf8');
let url = '';
for await (const text of process.stdin) {
  url += String(text);
  if (url.endsWith('\n')) break;
}
url = url.trim();
const database = await openPostgresDatabase(url);
const queue = await createPgBossQueue({ database, url, clock: createSystemClock() });
await queue.start(async ({ id }) => {
  writeSync(1, `${id}\n`);
  await new Promise(() => {});
});
// Should the parent die first, its end of the pipe closes.
process.stdout.on('error', () => process.exit());
setInterval(() => writeSync(1, '\n'), 1_000);
