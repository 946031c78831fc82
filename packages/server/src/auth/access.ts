import { createHash, randomBytes } from 'node:crypto';
import type { AccessRole } from '@slipway/contract';
import type { Tokens } from '@slipway/engine';

/** Who asks, and what they may do on this server. */
export interface Caller {
  readonly person: string;
  readonly role: AccessRole;
}

const RANK: Readonly<Record<AccessRole, number>> = { viewer: 0, member: 1, operator: 2, admin: 3 };

export function may(caller: Caller, needed: AccessRole): boolean {
  return RANK[caller.role] >= RANK[needed];
}

/** 256 random bits: a plain hash is enough to keep them safe at rest. The prefix lets secret scanners recognise a leaked one. */
export function newToken(): string {
  return `slipway_${randomBytes(32).toString('base64url')}`;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** null: no such token. */
export async function callerOf(
  tokens: Pick<Tokens, 'findByHash'>,
  authorization: string | undefined,
): Promise<Caller | null> {
  const token = /^Bearer ([\w-]{20,200})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return null;
  const row = await tokens.findByHash(hashToken(token));
  return row === null ? null : { person: row.person, role: toRole(row.role) };
}

/** A role of another version of Slipway gives the least. */
export function toRole(text: string): AccessRole {
  return text === 'member' || text === 'operator' || text === 'admin' ? text : 'viewer';
}
