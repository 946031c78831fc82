import { parentPort, workerData } from 'node:worker_threads';
import { readWhole } from './read-tests.ts';
import type { Report } from './report.ts';

/** The main file of the thread that reads one report, and answers with what it says. */
parentPort?.postMessage(readWhole(workerData as Report));
