import { threadId } from 'node:worker_threads';

/** As a rehearsal that finds no end, and leaves its thread no turn. */
let turn = threadId;
while (turn >= 0) turn = (turn + 1) % 1_000;
