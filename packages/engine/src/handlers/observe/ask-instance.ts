import type { IdentityFound } from '@slipway/judge';
import type { Identity } from '@slipway/plan';
import { type HttpClient, type HttpResponse, type InstanceState, type Json, reasonOf } from '@slipway/provider-kit';

/** What an instance is asked, and what it must say. */
export interface Question {
  readonly identity: Identity;
  readonly expected: string;
  readonly signal: AbortSignal;
  /** Makes what an instance said fit to be shown. */
  readonly shown: (said: string) => string;
}

/** What instances said. `detail`: more than people need to know of why it is unknown. */
export interface Answered {
  readonly found: IdentityFound;
  readonly detail: string;
}

/** Bytes; a version endpoint answers with a line. */
const MOST_BYTES = 65_536;

/**
 * Asks one instance which version it is, directly: a router would ask whichever it likes. A redirect is not followed, for it leads
 * to somebody else. Rejects only where the caller was stopped.
 */
export async function askInstance(http: HttpClient, instance: InstanceState, question: Question): Promise<Answered> {
  const { identity, signal } = question;
  try {
    const response = await http.request({
      method: 'GET',
      url: `http://${instance.address}${identity.path}`,
      timeoutMs: identity.timeout,
      signal,
      maxBytes: MOST_BYTES,
      maxRedirects: 0,
    });
    return { found: foundIn(response, instance.id, question), detail: '' };
  } catch (error) {
    signal.throwIfAborted();
    return { found: unknown({ reason: 'silent', instance: instance.id }), detail: reasonOf(error) };
  }
}

type Unknown = Extract<IdentityFound, { is: 'unknown' }>;

const unknown = (why: Unknown['why']): Unknown => ({ is: 'unknown', why });

/** An error page may come from anybody, so it says nothing of who answers. */
function foundIn(response: HttpResponse, instance: string, { identity, expected, shown }: Question): IdentityFound {
  const { status } = response;
  const { at } = identity;
  if (status < 200 || status > 299) return unknown({ reason: 'status', instance, status });
  const read = 'header' in at ? headerIn(response, at.header) : valueIn(response, at.keys);
  if (read.is !== 'read') return unknown({ reason: read.is, instance });
  const said = textOf(read.value);
  if (said === null) return unknown({ reason: 'nothing', instance, place: 'header' in at ? at.header : at.json });
  return said === expected ? { is: 'confirmed', instances: 1 } : { is: 'other', instance, said: shown(said) };
}

type Read = { readonly is: 'read'; readonly value: unknown } | { readonly is: 'too-large' | 'no-json' };

const headerIn = ({ headers }: HttpResponse, name: string): Read => ({ is: 'read', value: headers[name] });

function valueIn({ body, cut }: HttpResponse, keys: readonly (string | number)[]): Read {
  if (cut) return { is: 'too-large' };
  try {
    return { is: 'read', value: keys.reduce<unknown>(childOf, JSON.parse(body) as Json) };
  } catch {
    return { is: 'no-json' };
  }
}

function childOf(value: unknown, key: string | number): unknown {
  if (typeof key === 'number') return Array.isArray(value) ? value.at(key) : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** A number as builds have it; one with a fraction is not as it was written: 2.10 is 2.1. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return Number.isSafeInteger(value) ? String(value) : null;
}
