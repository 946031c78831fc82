import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { envelope, openEnvelope, preAuthEncoding, sealEnvelope } from './dsse.ts';

const pair = generateKeyPairSync('ed25519');
const PAYLOAD = Buffer.from('{"é":1}');

describe('an envelope', () => {
  // The example of the specification.
  test('signs type and payload with their lengths', () => {
    const signed = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(signed.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  test('counts bytes, not characters', () => {
    expect(preAuthEncoding('é', PAYLOAD).toString()).toBe('DSSEv1 2 é 8 {"é":1}');
  });

  test('opens for the key that signed it, and for no other', () => {
    const sealed = envelope.parse(JSON.parse(JSON.stringify(sealEnvelope(PAYLOAD, pair.privateKey))));
    expect(openEnvelope(sealed, pair.publicKey)).toEqual(PAYLOAD);
    expect(openEnvelope(sealed, generateKeyPairSync('ed25519').publicKey)).toBeNull();
  });

  test.each([
    ['another payload', { payload: Buffer.from('{}').toString('base64') }],
    ['no signature of the key', { signatures: [{ sig: 'AAAA' }] }],
    ['an empty signature', { signatures: [{ sig: '' }] }],
  ])('with %s does not open', (_name, changes) => {
    expect(openEnvelope({ ...sealEnvelope(PAYLOAD, pair.privateKey), ...changes }, pair.publicKey)).toBeNull();
  });

  test.each([
    ['of another type', { payloadType: 'text/plain' }],
    ['without signatures', { signatures: [] }],
    ['that is no base64', { payload: '§' }],
  ])('%s is none', (_name, changes) => {
    expect(envelope.safeParse({ ...sealEnvelope(PAYLOAD, pair.privateKey), ...changes }).success).toBe(false);
  });
});
