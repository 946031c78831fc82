import { hash, randomBytes } from 'node:crypto';

const PREFIX = 'slipway_flags_';
const FORM = /^slipway_flags_[\w-]{43}$/;
/** What `slipway token create` makes: it opens the API, and no flags. */
const PERSONS = /^slipway_[\w-]{43}$/;

/** 256 random bits: a plain hash is enough to keep them safe at rest. The prefix lets secret scanners recognise a leaked one. */
export function newFlagKey(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a key: SHA-256, in hexadecimal. */
export function hashFlagKey(text: string): string {
  return hash('sha256', text, 'hex');
}

export function isFlagKey(text: string): boolean {
  return FORM.test(text);
}

/** Whether it has the form of a person's token, which is a mistake worth naming. */
export function isPersonsToken(text: string): boolean {
  return PERSONS.test(text);
}
