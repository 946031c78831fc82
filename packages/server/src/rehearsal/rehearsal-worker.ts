import { parentPort, workerData } from 'node:worker_threads';
import { type RehearsalOrder, rehearse } from '@slipway/rehearsal';
import { summaryOf } from './rehearsal-summary.ts';

/** Runs in a thread of its own, and in no other: a rehearsal computes for seconds, and launches must not wait for it. */
const report = await rehearse({ ...(workerData as RehearsalOrder), hands: 0 });
parentPort?.postMessage(summaryOf(report));
