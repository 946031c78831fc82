import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { portOf } from '@slipway/provider-kit/testing';
import type { SMTPServerOptions } from 'smtp-server';
import { SMTPServer } from 'smtp-server';
import { CERTIFICATE, CERTIFICATE_KEY } from './certificate.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
}

export const PLAIN: SMTPServerOptions = { disabledCommands: ['STARTTLS', 'AUTH'] };
export const IN_CLEAR_WITH_AUTH: SMTPServerOptions = { disabledCommands: ['STARTTLS'] };

/** A real mail server on the loopback address, with TLS and a certificate of its own unless the options say otherwise. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    key: CERTIFICATE_KEY,
    cert: CERTIFICATE,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    onData: (stream, { envelope, secure, user = '' }, done) => {
      const keep = (raw: Buffer): void => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, raw: raw.toString('utf8'), secure, user: String(user) });
        done();
      };
      // A client that leaves in the middle has sent no mail.
      buffer(stream).then(keep, done);
    },
    ...options,
  });
  // A client that leaves in the middle is no failure of the server.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const close = async () =>
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  return { port: portOf(server.server.address()), mails, [Symbol.asyncDispose]: close };
}

/** What an SMTP server says no with. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
