import type { ChannelProvider, ProviderContext } from '@slipway/provider-kit';
import { createRedactor, readSettings } from '@slipway/provider-kit';
import { deliver } from './deliver.ts';
import { mailOf } from './mail.ts';
import type { SmtpChannelConfig } from './schema.ts';
import { smtpChannelSchema } from './schema.ts';
import type { Limits } from './watch.ts';

/** Shorter than what the engine gives a message: an attempt ends with a reason of its own. */
const LIMITS: Limits = { begin: 8000, end: 14_000 };

/** Sends mails by SMTP. A mail whose answer was lost is not sent again blindly: no mail server tells what it delivered. */
export const smtpChannel = createSmtpChannel(LIMITS);

export function createSmtpChannel(limits: Limits): ChannelProvider<SmtpChannelConfig, 'secret'> {
  return {
    kind: 'channel',
    name: 'smtp',
    schema: smtpChannelSchema,
    needs: ['secret'],
    async send(config, message, context) {
      context.signal.throwIfAborted();
      const auth = config.auth === undefined ? null : await credentialsOf(config.auth, context);
      const mail = await mailOf(config, message, context.now());
      const redactor = createRedactor();
      for (const secret of Object.values(auth ?? {})) redactor.add(secret);
      const redact = (text: string): string => redactor.redact(text);
      await deliver({ config, auth, mail, limits, signal: context.signal, redact });
    },
    async verify() {
      return { done: 'unknown', reason: 'a mail server cannot tell what it delivered: ask one of the recipients' };
    },
  };
}

async function credentialsOf(auth: NonNullable<SmtpChannelConfig['auth']>, context: ProviderContext<'secret'>) {
  const { user = '', pass = '' } = await readSettings({ user: auth.user, pass: auth.password }, context.secret);
  // A file's last line break is not part of a password.
  return { user: user.trim(), pass: pass.replace(/[\r\n]+$/, '') };
}
