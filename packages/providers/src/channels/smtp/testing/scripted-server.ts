import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { portOf } from '@slipway/provider-kit/testing';

export interface ScriptedServer extends AsyncDisposable {
  readonly port: number;
  /** Every line that came. */
  readonly lines: readonly string[];
}

/** What is done for a line that came: what is written back, `drop` to break the connection off, null for nothing. */
export type Script = (line: string, socket: Socket) => string | null;

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^EHLO/, '250-mail.example\r\n250-AUTH PLAIN\r\n250 PIPELINING'],
  [/^AUTH/, '235 ok'],
  [/^(MAIL|RCPT)/, '250 ok'],
  [/^DATA/, '354 go on'],
  [/^\.$/, '250 ok'],
  [/^QUIT/, '221 bye'],
];

/** For what a real mail server cannot be made to do: each line is answered by the script, else as a polite server does. */
export async function startScriptedServer(greeting: string | null, script: Script = () => ''): Promise<ScriptedServer> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    createInterface({ input: socket }).on('line', (line) => {
      lines.push(line);
      const scripted = script(line, socket);
      const answer = scripted === '' ? ANSWERS.find(([pattern]) => pattern.test(line))?.[1] : scripted;
      if (answer === 'drop') socket.destroy();
      else if (answer !== undefined && answer !== null) socket.write(`${answer}\r\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port: portOf(server.address()), lines, [Symbol.asyncDispose]: close };
}
