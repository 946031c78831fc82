import { secretRef, setting } from '@slipway/provider-kit';
import { z } from 'zod';

/** Addresses, not names: what `localhost` is, a name service decides. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1)$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$|^[0-9A-Fa-f:]{2,39}$/;

const address = z.email({ error: 'write a mail address like releases@shop.example' }).max(254);

export const smtpChannelSchema = z
  .strictObject({
    host: z
      .string()
      .max(253)
      .refine((text) => HOST.test(text), { error: 'write a host name or an IP address' })
      .describe('The mail server that takes the mail. Example: smtp.shop.example.'),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe('Its port. Without it 587, 465 with tls: implicit, or 25 with tls: none. Example: 2525.'),
    tls: z
      .enum(['starttls', 'implicit', 'none'])
      .default('starttls')
      .describe(
        'starttls begins plain and refuses to go on without TLS; implicit is TLS from the first byte; none is for a mail server on 127.0.0.1 or ::1 only. Example: implicit.',
      ),
    auth: z
      .strictObject({
        user: setting().describe('User name, or a secret that holds it. Example: releases@shop.example.'),
        password: secretRef().describe('The secret that holds the password. Example: {env: SMTP_PASSWORD}.'),
      })
      .optional()
      .describe(
        'How to sign in, where the mail server asks for it. Example: {user: shop, password: {env: SMTP_PASSWORD}}.',
      ),
    from: address.describe('The sender. Example: releases@shop.example.'),
    to: z
      .array(address)
      .min(1)
      .max(50)
      .describe(
        'Who gets the mail. They see each other: for customers, name the address of a mailing list. Example: [team@shop.example].',
      ),
  })
  .refine(({ tls, host }) => tls !== 'none' || LOOPBACK.test(host), {
    path: ['tls'],
    error: 'none is for 127.0.0.1 and ::1 only: elsewhere a mail and a password could be read on the way',
  })
  .describe('Sends a mail by SMTP.');

export type SmtpChannelConfig = z.infer<typeof smtpChannelSchema>;
