import { readFile } from 'node:fs/promises';
import { reasonOf } from '@slipway/provider-kit';
import { parseAddress } from '../local/address.ts';
import type { FlagLimits } from './limits.ts';
import type { FlagSync } from './sync/flag-sync.ts';

/** As they stand on the command line. */
export interface FlagOptionTexts {
  readonly 'flag-sync'?: string | undefined;
  readonly 'flag-sync-cert'?: string | undefined;
  readonly 'flag-sync-key'?: string | undefined;
  readonly 'flag-sync-insecure'?: boolean | undefined;
  readonly 'flag-requests'?: string | undefined;
  readonly 'flag-streams'?: string | undefined;
}

export interface FlagOptions {
  readonly flagSync?: FlagSync;
  readonly flagLimits?: Partial<FlagLimits>;
}

/** Rejects with what is wrong and what to write. */
export async function readFlagOptions(texts: FlagOptionTexts): Promise<FlagOptions> {
  const flagSync = await readSync(texts);
  const requests = readCount('flag-requests', texts);
  const streams = readCount('flag-streams', texts);
  const flagLimits = {
    ...(requests === null ? {} : { requestsPerKey: requests, requestsPerAddress: requests }),
    ...(streams === null ? {} : { streams, streamsPerKey: streams, streamsPerAddress: streams }),
  };
  return { ...(flagSync === null ? {} : { flagSync }), flagLimits };
}

async function readSync(texts: FlagOptionTexts): Promise<FlagSync | null> {
  const { 'flag-sync': text, 'flag-sync-cert': cert, 'flag-sync-key': key, 'flag-sync-insecure': insecure } = texts;
  if (text === undefined) {
    if (cert === undefined && key === undefined && insecure !== true) return null;
    throw new Error('--flag-sync is missing: it says where flag definitions are served, such as 127.0.0.1:8015');
  }
  const listen = parseAddress(text);
  if (listen === null) throw new Error(`--flag-sync ${text} is not an address: write 8015 or 127.0.0.1:8015`);
  if ((cert === undefined) !== (key === undefined))
    throw new Error('--flag-sync-cert and --flag-sync-key go together: a certificate, and its private key');
  const tls =
    cert === undefined || key === undefined
      ? null
      : { cert: await readPem('flag-sync-cert', cert), key: await readPem('flag-sync-key', key) };
  return { listen, tls, insecure: insecure === true };
}

async function readPem(option: string, file: string): Promise<Buffer> {
  return await readFile(file).catch((error: unknown) => {
    throw new Error(`--${option} ${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  });
}

function readCount(option: 'flag-requests' | 'flag-streams', texts: FlagOptionTexts): number | null {
  const text = texts[option];
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${option} ${text} is no number: write a whole one from 1`);
}
