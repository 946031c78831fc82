import { headerOf, isSame, sha256 } from '../compare.ts';
import type { Sender } from '../sender.ts';
import { readGroup } from './alert-group.ts';
import { keptSecret } from './kept-secret.ts';

/** It has no id, and sends the same body again while an alert lasts: only what is sent twice at once is dropped. */
const KEEP_FOR = 60_000;

/** Alertmanager signs nothing: it shows a token, or a password with any user. Of either only a hash is kept. */
export const alertmanager: Sender = {
  name: 'alertmanager',
  keyOf: (secret) => (/^sha256:[0-9a-f]{64}$/.test(secret) ? secret.slice(7) : sha256(keptSecret(secret))),
  knows: ({ headers }, keys) => {
    const shown = shownBy(headerOf(headers, 'authorization'));
    const hash = sha256(shown ?? '');
    return keys.map((key) => isSame(hash, key)).includes(true) && shown !== null;
  },
  read: (value, { body }) => ({ id: sha256(body), keepFor: KEEP_FOR, madeAt: null, alerts: readGroup(value) }),
};

/** The token or the password; null: there is none. */
function shownBy(authorization: string): string | null {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S{1,2000})$/i.exec(authorization) ?? [];
  if (scheme === '') return null;
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
}
