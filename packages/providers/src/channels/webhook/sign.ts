import { TerminalError } from '@slipway/provider-kit';
import { Webhook } from 'standardwebhooks';

const KEY = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
/** Bytes, as Standard Webhooks 1.0.0 has it ("Signature scheme"). */
const SHORTEST_KEY = 24;
const LONGEST_KEY = 64;

export interface Signed {
  readonly id: string;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** As receivers know them: `whsec_` and base64. */
  readonly keys: readonly string[];
}

/** The headers of Standard Webhooks, with one signature for each key. Throws TerminalError for what is no key. */
export function signedHeaders({ id, body, now, keys }: Signed): Readonly<Record<string, string>> {
  const signatures = keys.map((key) => signer(key).sign(id, new Date(now), body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

/** Our own look first: what the library says of a wrong key could show a part of it. */
function signer(key: string): Webhook {
  const base64 = KEY.exec(key)?.[1] ?? '';
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.toString('base64') === base64;
  if (!isWhole || bytes.length < SHORTEST_KEY || bytes.length > LONGEST_KEY) {
    throw new TerminalError(
      `a signing key of the webhook is not whsec_ and the base64 of ${SHORTEST_KEY} to ${LONGEST_KEY} bytes`,
    );
  }
  return new Webhook(key);
}
