import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';

/** We ended it; the message says why. */
export class BrokenOff extends Error {}

/** What the SMTP library says of a recipient that was refused. */
export interface RefusedRecipient {
  readonly recipient?: unknown;
  readonly response?: unknown;
}

export interface Circumstances {
  /** Host and port. */
  readonly place: string;
  /** Whether the mail server had asked for the mail. */
  readonly begun: boolean;
  readonly refused: readonly RefusedRecipient[];
  /** Recipients in all. */
  readonly of: number;
  readonly redact: (text: string) => string;
}

/** Characters of what a mail server says, and of the list of recipients. */
const LONGEST_REPLY = 200;
const LONGEST_LIST = 1500;

const CERTIFICATE = /CERT|SELF_SIGNED|^UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH/;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  ECONNECTION: 'the connection was closed',
  ETIMEDOUT: 'no answer in time',
  ENOTFOUND: 'the host name is unknown',
  EDNS: 'the name service did not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** What a failed delivery comes to. Keeps no `cause` and no text of the library: both quote what was sent and received. */
export function failureOf(error: unknown, circumstances: Circumstances): Error {
  const { place, begun, refused } = circumstances;
  if (refused.length > 0) return recipientsRefused(circumstances);
  const { code, command, response } = knownOf(error);
  // After the mail, only an answer to the mail counts.
  const status = begun && command !== 'DATA' ? 0 : statusOf(response);
  if (status >= 400) return refusal(status, { command, response }, circumstances);
  const reason = error instanceof BrokenOff ? error.message : (REASONS[code] ?? `the connection failed (${code})`);
  if (begun) return new OutcomeUnknownError(`${place}: ${reason}; the mail may have been delivered`);
  if (CERTIFICATE.test(code)) {
    return new TerminalError(
      `${place}: ${REASONS[code] ?? `its certificate is not trusted here (${code})`}; mend the certificate, or start the server with NODE_EXTRA_CA_CERTS naming the authority that signed it`,
    );
  }
  if (code.startsWith('ERR_SSL_'))
    return new TerminalError(`${place}: no TLS was agreed on (${code}); check port and tls`);
  if (code === 'EPROTOCOL') return new TerminalError(`${place}: it does not speak SMTP; check host, port and tls`);
  return new RetryableError(`${place}: ${reason}`);
}

function refusal(
  status: number,
  { command, response }: Pick<Known, 'command' | 'response'>,
  { place, redact }: Circumstances,
): Error {
  const auth = command.startsWith('AUTH');
  // An answer to a password is the likeliest to quote it: of that one only the numbers are repeated.
  const said = auth ? numbersOf(response) : replyOf(response, redact);
  const what = auth ? 'refused user or password' : command === 'STARTTLS' ? 'does not offer TLS' : 'refused the mail';
  const advice = command === 'STARTTLS' ? '; check port and tls' : '';
  const message = `${place} ${what} (${said})${advice}`;
  return status < 500 ? new RetryableError(message) : new TerminalError(message);
}

/** Nobody got it: deliver.ts gives the mail to all or to none. Retried only where every one of them may pass. */
function recipientsRefused({ place, refused, of, redact }: Circumstances): Error {
  const each = refused.map(({ recipient, response }) => `${String(recipient)} (${replyOf(textOf(response), redact)})`);
  const list = cut(each.join(', '), LONGEST_LIST);
  const message = `${place} refused ${refused.length} of ${of} recipients, so nobody got the mail: ${list}`;
  const forGood = refused.some(({ response }) => statusOf(textOf(response)) >= 500);
  return forGood ? new TerminalError(message) : new RetryableError(message);
}

interface Known {
  readonly code: string;
  readonly command: string;
  readonly response: string;
}

/** The system's own code, such as ECONNREFUSED, before the library's. */
function knownOf(error: unknown): Known {
  const { originalCode, code, command, response }: Readonly<Record<string, unknown>> =
    error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  return {
    code: textOf(originalCode) || textOf(code) || 'unknown error',
    command: textOf(command),
    response: textOf(response),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()} …`;

/** 4xx may pass, 5xx will not (RFC 5321, 4.2.1); 0 for anything else. */
const statusOf = (response: string): number => Number(/^[45]\d\d/.exec(response)?.[0] ?? 0);

/** The status and the enhanced status code (RFC 3463): `550 5.1.1`. */
const numbersOf = (response: string): string =>
  /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3}))?/.exec(response)?.slice(1).filter(Boolean).join(' ') ?? 'no status';

/** A reply of several lines as one, without what must not be shown and without control characters. */
function replyOf(response: string, redact: (text: string) => string): string {
  const [first = '', ...more] = redact(response).split(/\r?\n/);
  const text = [first, ...more.map((line) => line.replace(/^\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?/, ''))].join(' ');
  return cut(redact(text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()), LONGEST_REPLY);
}
