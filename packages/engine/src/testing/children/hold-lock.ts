import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lockDirectory } from '../../store/sqlite/directory-lock.ts';

/** Takes the lock of the folder named on the command line, prints `locked` or why not, and holds it until it is killed. */
const answer = await lockDirectory(process.argv[2] ?? '').then(
  () => 'locked',
  (error: unknown) => String(error),
);
// Nobody here keeps the lock; it must outlast the garbage collector all the same.
setFlagsFromString('--expose-gc');
runInNewContext('gc()');
process.stdout.write(`${answer}\n`);
// Standard input stays open for as long as the parent lives.
process.stdin.resume();
