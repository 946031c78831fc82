import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

/** A DSSE envelope, version 1 (https://github.com/secure-systems-lab/dsse). */
export const envelope = z.object({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: base64.max(1_000_000),
  signatures: z
    .array(z.object({ keyid: z.string().max(200).optional(), sig: base64.max(1_000) }))
    .min(1)
    .max(20),
});
export type Envelope = z.infer<typeof envelope>;

/** What is signed: type and payload with their lengths, so that neither passes for a part of the other. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head, 'utf8'), payload]);
}

/** SHA-256 over the public key (SPKI, DER), in hexadecimal. A hint for people and programs; nothing rests on it. */
export function keyId(key: KeyObject): string {
  const open = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(open.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Signs with an Ed25519 key. */
export function sealEnvelope(payload: Uint8Array, key: KeyObject): Envelope {
  const sig = sign(null, preAuthEncoding(PAYLOAD_TYPE, payload), key).toString('base64');
  return {
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: keyId(key), sig }],
  };
}

/** The payload, where one of the signatures is the key's; null: none is. */
export function openEnvelope({ payloadType, payload, signatures }: Envelope, key: KeyObject): Buffer | null {
  const bytes = Buffer.from(payload, 'base64');
  const signed = preAuthEncoding(payloadType, bytes);
  return signatures.some(({ sig }) => verify(null, signed, key, Buffer.from(sig, 'base64'))) ? bytes : null;
}
