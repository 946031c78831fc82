import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isPersonsToken } from '../keys/key-text.ts';
import type { KeyRing, RingKey } from '../keys/key-ring.ts';
import type { FlagRefusal } from './flag-refusal.ts';

const NO_KEY: FlagRefusal = {
  status: 401,
  errorCode: 'GENERAL',
  errorDetails:
    'send a valid evaluation key: Authorization: Bearer slipway_flags_… or X-API-Key (slipway flags keys create makes one)',
};
const PERSONS_TOKEN: FlagRefusal = {
  status: 403,
  errorCode: 'GENERAL',
  errorDetails: "a person's token opens no flags: send an evaluation key (slipway flags keys create makes one)",
};
const CROWDED: FlagRefusal = {
  status: 429,
  errorCode: 'GENERAL',
  errorDetails:
    'this server cannot look up keys that it does not know, or too many are shown: come again with the same key',
  retryAfter: 1,
};

/** What the request shows, in its usual place or in OFREP's other one. */
export function keyTextOf(headers: IncomingHttpHeaders): string {
  const { authorization } = headers;
  if (authorization !== undefined && /^bearer /i.test(authorization)) return authorization.slice(7).trim();
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : '';
}

/** What a connection showed last, and the key that it was: a client shows the same again and again. */
const shown = new WeakMap<Socket, { readonly text: string; readonly key: RingKey }>();

/** Hands on the key at once where it is known, and after a look at the database where it is not. */
export function authenticate(
  { headers, socket }: IncomingMessage,
  ring: KeyRing,
  done: (key: RingKey | FlagRefusal) => void,
): void {
  const text = keyTextOf(headers);
  const last = shown.get(socket);
  if (last?.text === text && ring.byId(last.key.id) === last.key) return done(last.key);
  const key = ring.find(text);
  if (key !== null) {
    shown.set(socket, { text, key });
    return done(key);
  }
  if (isPersonsToken(text)) return done(PERSONS_TOKEN);
  void ring.look(text).then((found) => done(found === 'later' ? CROWDED : (found ?? NO_KEY)));
}

export function isRefusal(key: RingKey | FlagRefusal): key is FlagRefusal {
  return 'errorCode' in key;
}
