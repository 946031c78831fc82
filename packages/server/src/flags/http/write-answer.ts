import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from '../../api/security-headers.ts';
import type { FlagRefusal } from './flag-refusal.ts';

/** On every answer to `/ofrep/…`. */
const ALWAYS: readonly string[] = Object.entries(SECURITY_HEADERS).flat();
/** To every page that asks: a browser's key is public, and no cookie is looked at. No cache keeps an answer for who is no page. */
const TO_PAGE: readonly string[] = [
  ...ALWAYS,
  'access-control-allow-origin',
  '*',
  'access-control-expose-headers',
  'ETag, Retry-After',
];
const JSON_TYPE = ['content-type', 'application/json; charset=utf-8'];
const JSON_ANSWER: readonly string[] = [...JSON_TYPE, ...ALWAYS];
const JSON_TO_PAGE: readonly string[] = [...JSON_TYPE, ...TO_PAGE];
const PREFLIGHT: readonly string[] = [
  ...TO_PAGE,
  'access-control-allow-methods',
  'GET, POST',
  'access-control-allow-headers',
  'Authorization, X-API-Key, Content-Type, If-None-Match',
  'access-control-max-age',
  '7200',
];

/** One request and its answer; `last`: the connection ends with it, as the server stops. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly last: boolean;
}

export interface JsonAnswer {
  readonly status: number;
  readonly text: string;
  /** Of the text in UTF-8, where it is known already. */
  readonly bytes?: number;
  readonly headers?: readonly string[];
}

export function writeJson({ request, response, last }: Exchange, answer: JsonAnswer): void {
  const { status, text, bytes = Buffer.byteLength(text), headers = [] } = answer;
  const ending = last ? ['connection', 'close'] : [];
  const always = request.headers.origin === undefined ? JSON_ANSWER : JSON_TO_PAGE;
  response.writeHead(status, [...always, 'content-length', String(bytes), ...headers, ...ending]);
  // Node makes room for three bytes a character of what it writes as UTF-8, and of ASCII for one.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8');
}

export function writeNotModified({ request, response, last }: Exchange, etag: string): void {
  const always = request.headers.origin === undefined ? ALWAYS : TO_PAGE;
  response.writeHead(304, [...always, 'etag', etag, ...(last ? ['connection', 'close'] : [])]);
  response.end();
}

export function writePreflight({ response }: Exchange): void {
  response.writeHead(204, [...PREFLIGHT]);
  response.end();
}

/** `key`: of the flag that was asked for; null: it is about none. */
export function writeRefusal(exchange: Exchange, refusal: FlagRefusal, key: string | null): void {
  const { status, errorCode, errorDetails, retryAfter } = refusal;
  const text = JSON.stringify({ ...(key === null ? {} : { key }), errorCode, errorDetails });
  const headers = retryAfter === undefined ? [] : ['retry-after', String(retryAfter)];
  // Of what is too large the rest is still on its way.
  writeJson({ ...exchange, last: exchange.last || status === 413 }, { status, text, headers });
}

/** Of an event stream: its end is that of the connection, so an event is one write of the same bytes for everybody. */
export function writeStreamHead(response: ServerResponse): void {
  response.removeHeader('transfer-encoding');
  response.writeHead(200, ['content-type', 'text/event-stream', 'x-accel-buffering', 'no', ...TO_PAGE]);
}
