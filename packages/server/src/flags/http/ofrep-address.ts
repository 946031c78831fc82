import { readChange, type ToldChange } from '../stream/told-change.ts';

/** What a request is about; null: it is none of OFREP's. */
export type OfrepAddress =
  | { readonly kind: 'preflight' }
  /** `key` null: it cannot be read. */
  | { readonly kind: 'single'; readonly key: string | null }
  /** `told`: the change that made the client ask; null: it asks of its own accord. */
  | { readonly kind: 'bulk'; readonly told: ToldChange | null }
  | { readonly kind: 'stream'; readonly token: string };

const ROOT = '/ofrep/';
const BULK = '/ofrep/v1/evaluate/flags';
const SINGLE = `${BULK}/`;
const STREAM = '/ofrep/v1/stream';

export function ofrepAddress(method: string, url: string): OfrepAddress | null {
  if (!url.startsWith(ROOT)) return null;
  if (method === 'OPTIONS') return { kind: 'preflight' };
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (method === 'POST' && path === BULK)
    return { kind: 'bulk', told: mark < 0 ? null : readChange(parameter(url.slice(mark), 'flagConfigEtag') ?? '') };
  if (method === 'POST' && path.length > SINGLE.length && path.startsWith(SINGLE))
    return { kind: 'single', key: decoded(path.slice(SINGLE.length)) };
  if (method === 'GET' && path === STREAM)
    return { kind: 'stream', token: mark < 0 ? '' : (parameter(url.slice(mark), 'token') ?? '') };
  return null;
}

function parameter(query: string, name: string): string | null {
  return new URLSearchParams(query).get(name);
}

function decoded(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
