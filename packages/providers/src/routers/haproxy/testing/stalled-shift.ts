import { writeSync } from 'node:fs';
import type { Split } from '@slipway/provider-kit';
import { createTestContext } from '@slipway/provider-kit/testing';
import { shiftServers } from '../shift-servers.ts';
import type { Lease } from '../../environment-store.ts';
import { SplitStore } from '../split-store.ts';

/** Stands still, as a process that was stopped does, between its last look at the clock and what it then sends. */
class StallingStore extends SplitStore {
  #saved = false;

  override save(...args: Parameters<SplitStore['save']>): void {
    super.save(...args);
    this.#saved = true;
  }

  override refuseLate(lease: Lease): void {
    super.refuseLate(lease);
    if (!this.#saved) return;
    writeSync(1, 'stalled');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 9_000);
  }
}

const [dataDirectory = '', socket = '', split = ''] = process.argv.slice(2);
using store = new StallingStore(dataDirectory);
const config = { socket, backend: 'plain', address: 'http://127.0.0.1:80' };
const place = { config, environment: 'production', store, context: createTestContext({ dataDirectory }) };
const ended = await shiftServers(place, JSON.parse(split) as Split).then(
  (weights) => JSON.stringify(weights),
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
writeSync(1, ended);
