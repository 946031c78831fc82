import { Readable } from 'node:stream';
import type { SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { BrokenOff, failureOf, type RefusedRecipient } from './failure.ts';
import type { SmtpChannelConfig } from './schema.ts';
import { type Limits, type Watch, watchOver } from './watch.ts';

export interface Delivery {
  readonly config: SmtpChannelConfig;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  readonly mail: Buffer;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Takes what must not be shown out of what the mail server says. */
  readonly redact: (text: string) => string;
}

const PORTS = { starttls: 587, implicit: 465, none: 25 } as const;
/** Milliseconds for a mail server to close its side. */
const CLOSE_MS = 1000;

/** What the connection is given; it keeps its account of the recipients in it. */
interface Envelope extends SMTPEnvelope {
  readonly from: string;
  readonly to: string[];
  rejectedErrors?: readonly RefusedRecipient[];
}

/**
 * Gives a mail to the mail server, for all recipients or for none. Rejects with RetryableError or TerminalError where it was not
 * taken, and with OutcomeUnknownError where nobody can say.
 */
export async function deliver({ config, auth, mail, limits, signal, redact }: Delivery): Promise<void> {
  const port = config.port ?? PORTS[config.tls];
  const connection = connectionTo(config, port);
  const envelope: Envelope = { from: config.from, to: [...config.to] };
  using watch = watchOver(connection, limits, signal);
  const step = async (run: (done: (error?: Error | null) => void) => void): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    run((error) => (error ? reject(error) : resolve()));
    await Promise.race([promise, watch.broken]);
  };
  try {
    await step((done) => connection.connect(done));
    if (auth !== null) await step((done) => connection.login({ credentials: { ...auth } }, done));
    await step((done) => connection.send(envelope, contentOf(mail, envelope, watch), done));
    connection.quit();
  } catch (error) {
    const begun = watch.begun();
    const refused = begun ? [] : (envelope.rejectedErrors ?? []);
    throw failureOf(error, { place: `${config.host}:${port}`, begun, refused, of: envelope.to.length, redact });
  } finally {
    connection.close();
  }
}

function connectionTo({ host, tls }: SmtpChannelConfig, port: number): SMTPConnection {
  const security = { secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' };
  return new SMTPConnection({ host, port, ...security, socketCloseTimeout: CLOSE_MS });
}

/**
 * The mail as a stream, which is read when the mail server asks for the mail. One that refused some of the recipients asks as
 * well: it is left without the mail, or a second attempt would write to the others twice.
 */
function contentOf(mail: Buffer, envelope: Envelope, watch: Watch): Readable {
  return new Readable({
    read() {
      if ((envelope.rejectedErrors ?? []).length > 0) {
        this.destroy(new BrokenOff('some recipients were refused'));
        return;
      }
      watch.begin();
      this.push(mail);
      this.push(null);
    },
  });
}
