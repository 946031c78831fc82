import { RetryableError } from '@slipway/provider-kit';
import { controlPath } from './configuration.ts';
import { nobody } from './identifiers.ts';
import type { Place } from './place.ts';

/** What nginx says that it serves. */
export interface Serving {
  /** Of the configuration that the worker has which answered. */
  readonly digest: string;
  readonly pid: number;
  /** The ids that it can route to. */
  readonly knows: ReadonlySet<string>;
  /** The split that its workers find in the links; null where they find none. */
  readonly split: string | null;
}

const timeoutMs = 3_000;
const form = /^slipway ([0-9a-f]{16}) (\d+) ([0-9a-z,]+) (.*)\n$/;

/** Rejects with RetryableError where nginx does not answer, or something else does. */
export async function askNginx(place: Place): Promise<Serving> {
  const found = await ask(place);
  if (found !== 'another') return found;
  throw new RetryableError(
    `What answers on ${place.config.control} is not this environment's nginx: give \`control\` a port of its own`,
  );
}

/** `another`: something else answers there. Rejects with RetryableError where nobody does. */
async function ask({ config, prefix, context }: Place): Promise<Serving | 'another'> {
  const { control } = config;
  const { body } = await context.http.request({
    method: 'GET',
    url: `http://${control}${controlPath(prefix)}`,
    timeoutMs,
    signal: context.signal,
    maxBytes: 10_000,
    maxRedirects: 0,
  });
  const [, digest, pid, ids = '', path = ''] = form.exec(body) ?? [];
  if (digest === undefined) return 'another';
  return { digest, pid: Number(pid), knows: new Set(ids === nobody ? [] : ids.split(',')), split: splitOf(path) };
}

function splitOf(path: string): string | null {
  return /\/splits\/([0-9a-f]{16})$/.exec(path)?.[1] ?? null;
}

/** Null where nobody answers, `another` where something else does. */
export async function askIfThere(place: Place): Promise<Serving | 'another' | null> {
  return await ask(place).catch((thrown: unknown) => {
    if (thrown instanceof RetryableError) return null;
    throw thrown;
  });
}
