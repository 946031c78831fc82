import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { EvidenceItem } from '@slipway/provider-kit';
import type { Handshake } from './handshake.ts';
import type { TlsCheckConfig } from './schema.ts';

const DAY_MS = 86_400_000;

const REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'a certificate has expired',
  CERT_NOT_YET_VALID: 'a certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed and not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'the chain ends in an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'an issuer in the chain is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'an issuer in the chain is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the server does not send the intermediate certificate, or its issuer is not trusted',
  CERT_REVOKED: 'a certificate is revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for other names',
};

/** One item for each thing that was looked at. `now`: milliseconds since the epoch. */
export function judgeHandshake(config: TlsCheckConfig, handshake: Handshake, now: number): readonly EvidenceItem[] {
  if (handshake.kind === 'refused') {
    return [{ asked: 'TLS handshake', found: handshake.reason, expected: 'a handshake', verdict: 'fail' }];
  }
  const { distrust, protocol, chain } = handshake;
  const [leaf, ...rest] = chain;
  if (leaf === undefined) {
    return [{ asked: 'certificate', found: 'none was sent', expected: 'a certificate', verdict: 'unknown' }];
  }
  const sooner = rest.filter((certificate) => daysLeft(certificate, now) < config['days-left']);
  return [
    chainItem(config, distrust),
    daysItem('days left', leaf, config, now),
    ...sooner.map((certificate) => daysItem(`days left of ${nameOf(certificate.subject)}`, certificate, config, now)),
    ...issuerItems(config, leaf),
    ...config.names.map((name) => nameItem(name, leaf)),
    shown('subject', `${nameOf(leaf.subject)} (${leaf.subjectAltName ?? 'no alternative name'})`),
    shown('issuer', nameOf(leaf.issuer)),
    shown('valid from', isoOf(leaf.validFrom)),
    shown('valid to', isoOf(leaf.validTo)),
    shown('protocol', protocol),
  ];
}

/** Whole days until the certificate ends; NaN where its end cannot be read. */
const daysLeft = (certificate: X509Certificate, now: number): number =>
  Math.floor((Date.parse(certificate.validTo) - now) / DAY_MS);

function chainItem(config: TlsCheckConfig, distrust: string | null): EvidenceItem {
  const expected = `trusted, for ${config['server-name'] ?? config.host}`;
  if (distrust === null) return { asked: 'chain', found: 'verified', expected, verdict: 'pass' };
  const reason = REASONS[distrust];
  const found = reason === undefined ? distrust : `${reason} (${distrust})`;
  return { asked: 'chain', found, expected, verdict: 'fail' };
}

function daysItem(asked: string, certificate: X509Certificate, config: TlsCheckConfig, now: number): EvidenceItem {
  const days = daysLeft(certificate, now);
  const expected = `at least ${config['days-left']}`;
  if (Number.isNaN(days)) return { asked, found: 'its end cannot be read', expected, verdict: 'unknown' };
  const found = `${days} (until ${isoOf(certificate.validTo)})`;
  // It may have ended today: no day is left of it, and 0 days must not pass then.
  const isOver = Date.parse(certificate.validTo) <= now;
  return { asked, found, expected, verdict: !isOver && days >= config['days-left'] ? 'pass' : 'fail' };
}

function issuerItems({ issuer }: TlsCheckConfig, leaf: X509Certificate): readonly EvidenceItem[] {
  if (issuer === undefined) return [];
  const names = partsOf(leaf.issuer).filter(([key]) => key === 'O' || key === 'CN');
  const verdict = names.some(([, value]) => value.includes(issuer)) ? 'pass' : 'fail';
  return [{ asked: 'issuer is as wanted', found: nameOf(leaf.issuer), expected: issuer, verdict }];
}

function nameItem(name: string, leaf: X509Certificate): EvidenceItem {
  const covered = isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name);
  const found = covered === undefined ? `not among ${leaf.subjectAltName ?? 'no names'}` : 'covered';
  return { asked: `name ${name}`, found, expected: 'covered', verdict: covered === undefined ? 'fail' : 'pass' };
}

const shown = (asked: string, found: string): EvidenceItem => ({ asked, found, expected: 'recorded', verdict: 'pass' });

const partsOf = (name: string): readonly (readonly [string, string])[] =>
  name.split('\n').map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)] as const;
  });

const nameOf = (name: string | undefined): string => (name ?? '').split('\n').join(', ') || 'no name';

function isoOf(date: string): string {
  const at = Date.parse(date);
  return Number.isNaN(at) ? date : new Date(at).toISOString();
}
