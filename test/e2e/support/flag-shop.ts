import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationKeyCreated, FlagDone, FlagKilled } from '@slipway/contract';
import { freePort, RealServer } from './real-server.ts';

export const SET = 'shop.production';
const ABOUT = { owner: 'shop', purpose: 'to show flags at work', type: 'release', expires: '2099-01-31' };

/** A flag of each type, two of them with a rule. */
export const FLAGS = {
  flags: {
    'new-checkout': {
      state: 'ENABLED',
      variants: { on: true, off: false },
      defaultVariant: 'on',
      metadata: ABOUT,
    },
    theme: {
      state: 'ENABLED',
      variants: { blue: 'blue', red: 'red' },
      defaultVariant: 'blue',
      targeting: { if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'red', null] },
      metadata: { ...ABOUT, off: 'blue' },
    },
    'most-items': {
      state: 'ENABLED',
      variants: { few: 3, many: 30 },
      defaultVariant: 'few',
      targeting: {
        fractional: [
          ['few', 50],
          ['many', 50],
        ],
      },
      metadata: { ...ABOUT, off: 'few' },
    },
    layout: {
      state: 'ENABLED',
      variants: { wide: { columns: 3 }, narrow: { columns: 1 } },
      defaultVariant: 'wide',
      metadata: { ...ABOUT, off: 'narrow' },
    },
  },
};

/** A server with the flags of a shop: a process of its own that also serves definitions over gRPC. */
export class FlagShop implements AsyncDisposable {
  readonly server: RealServer;

  /** `port`: where it listens, also after it was started again. */
  constructor(port: number) {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-flags-'));
    this.server = new RealServer(folder, {}, { port, more: ['--flag-sync', '127.0.0.1:0'] });
  }

  static async start(): Promise<FlagShop> {
    const shop = new FlagShop(await freePort());
    await shop.server.start();
    const files = [{ file: 'flags/shop.json', text: JSON.stringify(FLAGS) }];
    await shop.server.api('POST', `/flags/${SET}/apply`, { files, create: true });
    return shop;
  }

  async key(kind: 'client' | 'server'): Promise<EvaluationKeyCreated> {
    return await this.server.api('POST', `/flags/${SET}/keys`, { kind });
  }

  async revoke(id: string): Promise<void> {
    await this.server.api('DELETE', `/flags/${SET}/keys/${id}`);
  }

  async kill(flag: string): Promise<FlagKilled> {
    return await this.server.api('POST', `/flags/${SET}/flags/${flag}/kill`, { reason: 'it breaks the till' });
  }

  async unkill(flag: string): Promise<FlagDone> {
    return await this.server.api('POST', `/flags/${SET}/flags/${flag}/unkill`, { reason: 'mended' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
    rmSync(this.server.folder, { recursive: true, force: true });
  }
}
