import { threadId } from 'node:worker_threads';

/** As a rehearsal that ends and says nothing. */
export const silent = threadId;
