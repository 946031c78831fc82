import { parentPort, workerData } from 'node:worker_threads';
import type { BodyProjection } from '@slipway/provider-kit';
import type { BodyOfAnswer } from './compare-bodies.ts';
import { compareBodies } from './compare-bodies.ts';

/** The main file of the thread that compares bodies: one pair after another, each answered by its verdict. */
const projection = workerData as BodyProjection;

parentPort?.on('message', ([given, mirror]: readonly [BodyOfAnswer, BodyOfAnswer]) => {
  parentPort?.postMessage(compareBodies(given, mirror, projection));
});
