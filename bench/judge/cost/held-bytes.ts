import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Objects that are held at a time: what else the process does is small beside them. */
const HELD = 300;

/** Bytes that one of these objects holds on the heap and outside of it: one figure a round. */
export function heldBytes<T>(make: () => T, rounds: number): readonly number[] {
  const collect = collector();
  return Array.from({ length: rounds }, () => {
    const before = used(collect);
    const held = Array.from({ length: HELD }, make);
    const after = used(collect);
    return (after - before) / held.length;
  });
}

function used(collect: () => void): number {
  // What lies outside of the heap is let go of one collection later.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
