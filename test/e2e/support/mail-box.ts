import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A real mail server on the loopback address, without TLS, that takes everything. */
export interface MailBox extends AsyncDisposable {
  readonly port: number;
  /** Subjects, with whom they went to, in the order in which they came: `direction@shop.example: Live`. */
  readonly mails: readonly string[];
}

export async function startMailBox(): Promise<MailBox> {
  const mails: string[] = [];
  const server = createServer((socket) => void converse(socket, mails));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, mails, [Symbol.asyncDispose]: close };
}

async function converse(socket: Socket, mails: string[]): Promise<void> {
  socket.on('error', () => undefined);
  socket.write('220 mail.test ready\r\n');
  let to = '';
  let letter: string[] | null = null;
  for await (const line of createInterface({ input: socket })) {
    if (letter === null) {
      to = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1] ?? to;
      letter = /^DATA/i.test(line) ? [] : null;
      if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else socket.write(letter === null ? '250 ok\r\n' : '354 go on\r\n');
    } else if (line === '.') {
      mails.push(`${to}: ${subjectOf(letter.join('\n'))}`);
      letter = null;
      socket.write('250 taken\r\n');
    } else letter.push(line);
  }
}

/** Unfolded, and words in UTF-8 decoded (RFC 2047). */
function subjectOf(letter: string): string {
  const folded = /^Subject: (.*(?:\n[ \t].*)*)/im.exec(letter)?.[1] ?? '';
  const plain = folded.replace(/\n[ \t]+/g, ' ').replace(/\?= =\?/g, '?==?');
  return plain.replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, way: string, text: string) => decoded(way, text));
}

function decoded(way: string, text: string): string {
  if (way.toLowerCase() === 'b') return Buffer.from(text, 'base64').toString();
  const bytes = text
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
