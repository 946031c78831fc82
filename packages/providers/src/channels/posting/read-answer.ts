import type { HttpResponse } from '@slipway/provider-kit';

/** An answer's JSON object; null where it is none, or longer than what is read. */
export function readAnswer({
  body,
  cut,
}: Pick<HttpResponse, 'body' | 'cut'>): Readonly<Record<string, unknown>> | null {
  if (cut) return null;
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
