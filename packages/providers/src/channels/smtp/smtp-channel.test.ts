import { once } from 'node:events';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  describeChannelConformance,
  expectNamedError,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpChannel, smtpChannel } from './index.ts';
import { CERTIFICATE } from './testing/certificate.ts';
import { IN_CLEAR_WITH_AUTH, PLAIN, refusal, startMailServer } from './testing/mail-server.ts';
import { readMail } from './testing/read-mail.ts';
import { startScriptedServer } from './testing/scripted-server.ts';

const LOCAL = { host: '127.0.0.1', tls: 'none', from: 'releases@shop.example', to: ['team@shop.example'] };
const MESSAGE = { id: 'shop-1/~notice:live.0', launch: 'shop-1', title: 'Live', text: 'On for all.' };

describeChannelConformance(smtpChannel, async () => {
  const server = await startMailServer({
    ...PLAIN,
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? refusal(550, 'No such user') : null),
  });
  const working = { ...LOCAL, port: server.port };
  return {
    context: {},
    working,
    refused: { ...working, port: Number(new URL(await refusedUrl()).port) },
    rejected: { ...working, to: ['gone@shop.example'] },
    canVerify: false,
    received: async () =>
      server.mails.map(({ raw }) => readMail(raw)).map(({ headers, text }) => `${headers['subject']}\n${text}`),
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
});

interface Sending {
  readonly message?: typeof MESSAGE;
  readonly password?: string;
  readonly signal?: AbortSignal;
  readonly limits?: { readonly begin: number; readonly end: number };
}

/** Whatever is waited for below comes long before these, unless a case says otherwise. */
const LONG = { begin: 60_000, end: 60_000 };

async function send(config: Readonly<Record<string, unknown>>, sending: Sending = {}) {
  const {
    message = MESSAGE,
    password = 'a-good-password',
    signal = new AbortController().signal,
    limits = LONG,
  } = sending;
  const channel = createSmtpChannel(limits);
  const context = createTestContext({ secrets: { PASSWORD: password }, signal, now: () => 1_700_000_000_000 });
  await channel.send(channel.schema.parse({ ...LOCAL, ...config }), message, contextFor(channel.needs, context));
}

const AUTH = { user: 'shop', password: { env: 'PASSWORD' } };
const onAuth: NonNullable<Parameters<typeof startMailServer>[0]>['onAuth'] = (
  { username, password },
  _session,
  done,
) => {
  if (username === 'shop' && password === 'a-good-password') done(null, { user: 'shop' });
  // As unkind as a server can be: it quotes what it was given.
  else done(refusal(535, `no: ${password} ${Buffer.from(`\0${username}\0${password}`).toString('base64')}`));
};

describe('a mail', () => {
  it('has its sender, its recipients, a date and a text', async () => {
    await using server = await startMailServer(PLAIN);
    const to = ['team@shop.example', 'ops@shop.example'];
    await send(
      { port: server.port, to },
      { message: { ...MESSAGE, title: 'C’est prêt', text: 'Été.\n\n  .\n.\nMerci 🎉' } },
    );
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'releases@shop.example', to, secure: false });
    const { headers, text } = readMail(mail?.raw ?? '');
    expect(headers).toMatchObject({
      from: 'releases@shop.example',
      to: 'team@shop.example, ops@shop.example',
      subject: 'C’est prêt',
      date: 'Tue, 14 Nov 2023 22:13:20 +0000',
      'auto-submitted': 'auto-generated',
    });
    expect(text).toBe('Été.\n\n  .\n.\nMerci 🎉');
  });

  it('has the same Message-ID in every attempt, and another one for another message', async () => {
    await using server = await startMailServer(PLAIN);
    for (const id of ['a/1.0', 'a/1.0', 'a/1.1']) await send({ port: server.port }, { message: { ...MESSAGE, id } });
    const [first, second, other] = server.mails.map(({ raw }) => readMail(raw).headers['message-id']);
    expect(first).toMatch(/^<[0-9a-f]{32}@shop\.example>$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    ['a line break', 'Live\r\nBcc: all@shop.example', 'Live Bcc: all@shop.example'],
    ['a line feed', 'Live\nBcc: all@shop.example', 'Live Bcc: all@shop.example'],
    ['a lone carriage return', 'Live\rX-Evil: 1', 'LiveX-Evil: 1'],
    ['an end of the headers', 'Live\r\n\r\nfirst line', 'Live first line'],
    ['an encoded word', 'Live =?utf-8?Q?=0D=0ABcc:_all?=', 'Live = ?utf-8?Q?=0D=0ABcc:_all?='],
    ['control characters', 'Li\u0000ve\u001B[2J', 'Live'],
    ['a lone surrogate', 'Live \uD83D', 'Live �'],
  ])('lets no title with %s write a header', async (_title, title, subject) => {
    await using server = await startMailServer(PLAIN);
    await send({ port: server.port }, { message: { ...MESSAGE, title } });
    const mail = readMail(server.mails[0]?.raw ?? '');
    const { headers, names, text } = mail;
    expect(names.map((name) => name.toLowerCase()).toSorted()).toEqual(
      'auto-submitted content-transfer-encoding content-type date from message-id mime-version subject to'.split(' '),
    );
    expect(text).toBe('On for all.');
    expect(headers['subject']).toBe(subject);
    expect(server.mails[0]?.to).toEqual(['team@shop.example']);
  });

  it('lets no text end the mail and begin another', async () => {
    await using server = await startMailServer(PLAIN);
    const text = 'On.\r\n.\r\nMAIL FROM:<evil@shop.example>\r\nRCPT TO:<all@shop.example>\r\nDATA\r\nx';
    await send({ port: server.port }, { message: { ...MESSAGE, text } });
    expect(server.mails).toHaveLength(1);
    expect(readMail(server.mails[0]?.raw ?? '').text).toBe(text.replaceAll('\r', ''));
  });

  it('is cut where it is too long, where that can be seen', async () => {
    await using server = await startMailServer(PLAIN);
    const message = { ...MESSAGE, title: 'x'.repeat(2000), text: '😀'.repeat(100_000) };
    await send({ port: server.port }, { message });
    const { headers, text } = readMail(server.mails[0]?.raw ?? '');
    expect(headers['subject']).toMatch(/^x{250} \[… cut …\]$/);
    expect(text).toMatch(/^(?:😀){50000} \[… cut …\]$/u);
  });
});

describe('signing in', () => {
  it('sends user and password', async () => {
    await using server = await startMailServer({ ...IN_CLEAR_WITH_AUTH, onAuth });
    await send({ port: server.port, auth: AUTH }, { password: 'a-good-password\n' });
    expect(server.mails).toMatchObject([{ user: 'shop' }]);
  });

  it.each([
    ['ordinary', 'wrong-password'],
    ['of regex characters', '(.*)+[a-z]{2,}$^|\\w?'],
    ['with a line break', 'first-line-of-it\nsecond-line-of-it'],
    ['with short lines', 'abc\ndef\nghi'],
    ['with base64 signs', 'a+b/c==d+e/f='],
    ['beyond ASCII', 'pässwörd-🎉'],
  ])('shows nothing of a password that is refused: %s', async (_title, password) => {
    await using server = await startMailServer({ ...IN_CLEAR_WITH_AUTH, onAuth });
    const error = await rejectionOf(send({ port: server.port, auth: AUTH }, { password }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ message: `127.0.0.1:${server.port} refused user or password (535)` });
    const plain = Buffer.from(`\0shop\0${password}`).toString('base64');
    expectNoSecrets(error, { password, plain, base64: Buffer.from(password).toString('base64') });
    expect(server.mails).toEqual([]);
  });

  it.each([
    ['as it is', 'p(ss+w.rd/2', (password: string) => [`you said ${password}`, 'so no']],
    ['in base64', 'p(ss+w.rd/2', (_password: string, base64: string) => [`you said ${base64}`, 'so no']],
    ['with its white space', 'two  blanks  in it', (password: string) => [`you said ${password}`, 'so no']],
    ['over two lines', 'first-half second-half', () => ['you said first-half', 'second-half so no']],
  ])('shows nothing of a password that another answer quotes %s', async (_title, password, lines) => {
    const base64 = Buffer.from(`\0shop\0${password}`).toString('base64');
    const [first, last] = lines(password, base64);
    await using server = await startScriptedServer('220 hello', (line) =>
      line.startsWith('MAIL') ? `550-5.7.1 ${first}\r\n550 5.7.1 ${last}` : '',
    );
    const error = await rejectionOf(send({ port: server.port, auth: AUTH }, { password }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/refused the mail \(550-5\.7\.1 you said .*so no\)$/),
    });
    expectNamedError(error);
    expectNoSecrets(error, { password, oneLine: password.replaceAll(/\s+/g, ' '), core: base64.slice(8, -3) });
  });

  it('does not send without it where the mail server knows none', async () => {
    await using server = await startMailServer(PLAIN);
    expect(await rejectionOf(send({ port: server.port, auth: AUTH }))).toBeInstanceOf(TerminalError);
    expect(server.mails).toEqual([]);
  });

  it('comes again where the mail server cannot look now', async () => {
    await using server = await startScriptedServer('220 hello', (line) =>
      line.startsWith('AUTH') ? '454 4.7.0 temporary failure' : '',
    );
    const error = await rejectionOf(send({ port: server.port, auth: AUTH }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toMatchObject({ message: expect.stringContaining('(454 4.7.0)') });
  });
});

describe('TLS', () => {
  const trusted = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(trusted));
  const trust = (certificate: string) => setDefaultCACertificates([...trusted, certificate]);

  it.each([
    ['starttls', {}],
    ['implicit', { secure: true }],
  ])('%s carries the mail and the password', async (tls, options) => {
    trust(CERTIFICATE);
    await using server = await startMailServer({ ...options, onAuth });
    await send({ port: server.port, tls, auth: AUTH });
    expect(server.mails).toMatchObject([{ secure: true, user: 'shop' }]);
  });

  it.each([
    ['starttls', {}],
    ['implicit', { secure: true }],
  ])(
    '%s sends nothing to a server with a certificate that is not trusted, and says what to do',
    async (tls, options) => {
      const commands: string[] = [];
      const noted: typeof onAuth = (auth, session, done) => {
        commands.push('AUTH');
        onAuth(auth, session, done);
      };
      await using server = await startMailServer({ ...options, onAuth: noted });
      const error = await rejectionOf(send({ port: server.port, tls, auth: AUTH }));
      expect(error).toBeInstanceOf(TerminalError);
      expect(error).toMatchObject({
        message: expect.stringMatching(/self-signed and not trusted here; .*NODE_EXTRA_CA_CERTS/),
      });
      expectNamedError(error);
      expect([commands, server.mails]).toEqual([[], []]);
    },
  );

  it('refuses a certificate that has expired', async () => {
    // The library's own, of 2024.
    const { default: tlsOptions } = await import('smtp-server/lib/tls-options.js');
    const { key, cert } = tlsOptions({});
    trust(String(cert));
    await using server = await startMailServer({ key, cert });
    const error = await rejectionOf(send({ port: server.port, tls: 'starttls' }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ message: expect.stringMatching(/certificate has expired/) });
  });

  it.each([
    ['502 5.5.1 not here', TerminalError, /does not offer TLS \(502 5\.5\.1 not here\); check port and tls/],
    ['454 4.7.0 not now', RetryableError, /does not offer TLS \(454/],
  ] as const)('starttls never goes on without it: %s', async (answer, kind, message) => {
    await using server = await startScriptedServer('220 hello', (line) => (line === 'STARTTLS' ? answer : ''));
    const error = await rejectionOf(send({ port: server.port, tls: 'starttls', auth: AUTH }));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(server.lines.filter((line) => !/^(EHLO|STARTTLS)/.test(line))).toEqual([]);
  });

  it('says what a port without TLS from the beginning needs', async () => {
    await using server = await startMailServer(PLAIN);
    const error = await rejectionOf(send({ port: server.port, tls: 'implicit' }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ message: expect.stringMatching(/no TLS was agreed on .*check port and tls/) });
  });
});

const answering = (command: string, answer: string) => (line: string) => (line.startsWith(command) ? answer : '');

describe('a refusal', () => {
  it.each([
    ['a greeting', '421 4.3.2 too busy', '', '', RetryableError, /421 4\.3\.2 too busy/],
    ['a greeting', '554 no SMTP here', '', '', TerminalError, /554 no SMTP here/],
    ['a greeting', 'SSH-2.0-OpenSSH_9.2', '', '', TerminalError, /does not speak SMTP; check host/],
    ['MAIL', '220 hello', 'MAIL', '451 4.3.0 later', RetryableError, /refused the mail \(451 4\.3\.0 later\)/],
    ['MAIL', '220 hello', 'MAIL', '553 5.7.1 not yours', TerminalError, /553 5\.7\.1 not yours/],
    ['MAIL', '220 hello', 'MAIL', '421 bye', RetryableError, /:\d+/],
    ['DATA', '220 hello', 'DATA', '452 4.3.1 full', RetryableError, /452 4\.3\.1 full/],
    ['the mail', '220 hello', '.', '451 4.7.1 greylisted', RetryableError, /451 4\.7\.1 greylisted/],
    ['the mail', '220 hello', '.', '421 4.3.2 going down', RetryableError, /421 4\.3\.2 going down/],
    ['the mail', '220 hello', '.', '554 5.7.1 spam\u0007', TerminalError, /554 5\.7\.1 spam\)/],
  ] as const)('of %s with %s %s %s', async (_what, greeting, command, answer, kind, message) => {
    await using server = await startScriptedServer(greeting, command === '' ? undefined : answering(command, answer));
    const error = await rejectionOf(send({ port: server.port }));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expectNamedError(error);
  });

  it('of a long-winded server is cut', async () => {
    const answer = Array.from({ length: 50 }, (_line, i) => `550${i === 49 ? ' ' : '-'}5.0.0 ${'no '.repeat(30)}`);
    await using server = await startScriptedServer('220 hello', answering('MAIL', answer.join('\r\n')));
    const error = await rejectionOf(send({ port: server.port }));
    expectNamedError(error);
    expect(String(error).length).toBeLessThan(300);
  });

  const named = (address: string): Error | null => {
    if (address.startsWith('gone')) return refusal(550, 'No such user');
    return address.startsWith('later') ? refusal(450, 'Greylisted') : null;
  };
  it.each([
    [
      ['gone@shop.example', 'ops@shop.example'],
      TerminalError,
      /refused 1 of 2 recipients, so nobody got the mail: gone@shop\.example \(550 No such user\)$/,
    ],
    [
      ['ops@shop.example', 'later@shop.example'],
      RetryableError,
      /refused 1 of 2 .*later@shop\.example \(450 Greylisted\)$/,
    ],
    [
      ['later@shop.example', 'gone@shop.example', 'ops@shop.example'],
      TerminalError,
      /refused 2 of 3 .*later@.*, gone@/,
    ],
    [['gone@shop.example', 'gone2@shop.example'], TerminalError, /refused 2 of 2/],
    [['later@shop.example'], RetryableError, /refused 1 of 1/],
  ] as const)('of recipients among %j names them, and nobody gets the mail', async (to, kind, message) => {
    for (const hidePIPELINING of [false, true]) {
      await using server = await startMailServer({
        ...PLAIN,
        hidePIPELINING,
        onRcptTo: ({ address }, _session, done) => done(named(address)),
      });
      const error = await rejectionOf(send({ port: server.port, to }));
      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({ message: expect.stringMatching(message) });
      expectNamedError(error);
      expect(server.mails).toEqual([]);
    }
  });

  it('of fifty long addresses is one line that fits', async () => {
    const to = Array.from({ length: 50 }, (_address, i) => `gone-${i}-${'x'.repeat(50)}@shop.example`);
    await using server = await startScriptedServer('220 hello', answering('RCPT', '550 5.1.1 no such user'));
    const error = await rejectionOf(send({ port: server.port, to }));
    expect(error).toMatchObject({ message: expect.stringMatching(/refused 50 of 50 recipients/) });
    expectNamedError(error);
  });
});

describe('without an answer', () => {
  const SHORT = { ...LONG, begin: 50 };
  it.each([
    ['no greeting', null, () => null],
    ['no answer to EHLO', '220 hello', answering('EHLO', 'silence')],
    ['no answer to DATA', '220 hello', answering('DATA', 'silence')],
  ] as const)('before the mail, nothing was sent and it is tried again: %s', async (_title, greeting, script) => {
    await using server = await startScriptedServer(greeting, (line) => {
      const answer = script(line);
      return answer === 'silence' ? null : answer;
    });
    const error = await rejectionOf(send({ port: server.port }, { limits: SHORT }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toMatchObject({ message: `127.0.0.1:${server.port}: no answer within 0.05 s` });
    expect(server.lines).not.toContain('.');
  });

  it.each([
    ['nothing', null, 1],
    ['a broken connection', 'drop', LONG.end],
    ['no answer of SMTP', 'what?', LONG.end],
  ])('to the mail but %s, nobody can say', async (_title, answer, end) => {
    await using server = await startScriptedServer('220 hello', (line) => (line === '.' ? answer : ''));
    const error = await rejectionOf(send({ port: server.port }, { limits: { ...LONG, end } }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ message: expect.stringMatching(/; the mail may have been delivered$/) });
    expectNamedError(error);
  });

  it('to the mail but half of one, nobody can say', async () => {
    await using server = await startScriptedServer('220 hello', (line, socket) => {
      if (line !== '.') return '';
      socket.end('451 4');
      return null;
    });
    expect(await rejectionOf(send({ port: server.port }))).toBeInstanceOf(OutcomeUnknownError);
  });

  it.each(['EHLO', 'MAIL', 'DATA'])('because the connection broke at %s, it is tried again', async (command) => {
    await using server = await startScriptedServer('220 hello', answering(command, 'drop'));
    const error = await rejectionOf(send({ port: server.port }));
    expect(error).toBeInstanceOf(RetryableError);
    expectNamedError(error);
  });

  it('does not wait for a farewell', async () => {
    await using server = await startScriptedServer('220 hello', (line) => (line === 'QUIT' ? null : ''));
    await send({ port: server.port });
    expect(server.lines).toContain('.');
  });
});

describe('broken off', () => {
  it.each([
    ['before the mail', 'MAIL', RetryableError, /it was broken off$/],
    ['after the mail', '.', OutcomeUnknownError, /broken off; the mail may have been delivered/],
  ] as const)('%s it ends at once and leaves the mail server', async (_title, command, kind, message) => {
    const controller = new AbortController();
    const left = Promise.withResolvers<unknown>();
    await using server = await startScriptedServer('220 hello', (line, socket) => {
      if (!line.startsWith(command)) return '';
      left.resolve(once(socket, 'close'));
      controller.abort();
      return null;
    });
    const error = await rejectionOf(send({ port: server.port }, { signal: controller.signal }));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    await left.promise;
  });
});

describe('settings', () => {
  const base = { host: 'smtp.shop.example', from: 'releases@shop.example', to: ['team@shop.example'] };
  it.each([
    ['a relay', {}],
    ['a secret user', { auth: { user: { env: 'U' }, password: { file: 'p' } } }],
    ['loopback', { host: '::1', tls: 'none' }],
  ])('take %s', (_title, change) => {
    expect(smtpChannel.schema.safeParse({ ...base, ...change }).success).toBe(true);
  });
  it.each([
    ['no TLS to another machine', { tls: 'none' }],
    ['no TLS to a name', { host: 'localhost', tls: 'none' }],
    ['no TLS to a look-alike', { host: '127.0.0.1.evil.example', tls: 'none' }],
    ['a password in the plan', { auth: { user: 'shop', password: 'hunter22' } }],
    ['a line break in an address', { to: ['team@shop.example\r\nRCPT TO:<all@shop.example>'] }],
    ['a name as sender', { from: 'Shop <releases@shop.example>' }],
    ['nobody', { to: [] }],
    ['a crowd', { to: Array.from({ length: 51 }, () => 'team@shop.example') }],
    ['a line break in the host', { host: 'smtp.shop.example\n' }],
    ['a port beyond', { port: 65_536 }],
  ])('refuse %s', (_title, change) => {
    expect(smtpChannel.schema.safeParse({ ...base, ...change }).success).toBe(false);
  });
});
