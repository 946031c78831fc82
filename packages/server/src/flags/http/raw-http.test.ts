import { connect, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_KEY, type FlagWorld, flagWorld } from '../testing/flag-world.ts';

let world: FlagWorld;
let port = 0;
const sockets: Socket[] = [];
beforeEach(async () => {
  world = await flagWorld();
  port = Number(new URL(await world.listen()).port);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await world[Symbol.asyncDispose]();
});

/** What came back, as it came. */
interface Talk {
  readonly socket: Socket;
  text: string;
  closed: boolean;
}

function talk(...sent: readonly (string | Buffer)[]): Talk {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const talked: Talk = { socket, text: '', closed: false };
  socket.on('data', (chunk: Buffer) => (talked.text += chunk.toString('latin1')));
  socket.on('close', () => (talked.closed = true)).on('error', () => {});
  for (const each of sent) socket.write(each);
  return talked;
}

const BODY = JSON.stringify({ context: { targetingKey: 'ada' } });

function post(path: string, { body = BODY, host = 'localhost', more = '' } = {}): string {
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nX-API-Key: ${CLIENT_KEY}\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const BULK = '/ofrep/v1/evaluate/flags';

async function streamUri(): Promise<string> {
  const talked = talk(post(BULK));
  await expect.poll(() => talked.text).toContain('requestUri');
  return /"requestUri":"([^"]*)"/.exec(talked.text)?.[1] ?? '';
}

const statuses = ({ text }: Talk): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);

describe('OFREP as it comes over the wire', () => {
  it.each([
    ['no key of a flag', `${BULK}/`],
    ['an address in other letters', '/ofre%70/v1/evaluate/flags'],
    ['an address in other letters, one flag', '/ofre%70/v1/evaluate/flags/banner'],
    ['a whole address', `http://localhost${BULK}`],
  ])('is answered with %s', async (_what, path) => {
    const talked = talk(post(path, { more: 'Origin: https://shop.example\r\n' }));
    await expect.poll(() => statuses(talked).length, { timeout: 2_000 }).toBe(1);
    expect([...statuses(talked), talked.text.includes('access-control-allow-origin: *')]).toEqual(['404', true]);
  });

  it('counts no stream that waits behind another on its connection', async () => {
    const uri = await streamUri();
    const get = `GET ${uri} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const talked = talk(get.repeat(5));
    await expect.poll(() => talked.text).toContain('text/event-stream');
    await pass(100);
    expect(world.serving.openStreams()).toBe(1);
    talked.socket.destroy();
    await expect.poll(() => world.serving.openStreams(), { timeout: 2_000 }).toBe(0);
  });

  it('answers several requests of one connection in their order, and goes on after a refusal', async () => {
    const talked = talk(
      post(`${BULK}/none`) + post(`${BULK}/banner`) + post(BULK, { body: '{' }) + post(`${BULK}/theme`),
    );
    await expect.poll(() => statuses(talked)).toEqual(['404', '200', '400', '200']);
    expect(talked.closed).toBe(false);
  });

  it('answers this machine alone', async () => {
    const hosts = [
      'evil.example',
      `evil.example:${port}`,
      '',
      'localhost.evil.example',
      `127.0.0.1:${port}`,
      'localhost',
    ];
    const found = [];
    for (const host of hosts) {
      const talked = talk(post(BULK, { host, more: 'Connection: close\r\n' }));
      await expect.poll(() => talked.closed).toBe(true);
      found.push(statuses(talked)[0]);
    }
    expect(found).toEqual(['421', '421', '421', '421', '200', '200']);
    const uri = await streamUri();
    for (const first of [`GET ${uri}`, `OPTIONS ${BULK}`]) {
      const talked = talk(`${first} HTTP/1.1\r\nHost: evil.example\r\n\r\n`);
      await expect.poll(() => statuses(talked)).toEqual(['421']);
    }
  });

  it('refuses a chunked body that is too large without reading it to its end, and serves others', async () => {
    const talked = talk(
      `POST ${BULK} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${CLIENT_KEY}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 6; sent += 1) talked.socket.write(chunk);
    await expect.poll(() => statuses(talked)).toEqual(['413']);
    await expect.poll(() => talked.closed).toBe(true);
    const next = talk(post(BULK));
    await expect.poll(() => statuses(next)).toEqual(['200']);
  });

  it('takes no request that is two', async () => {
    const both = `POST ${BULK} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${CLIENT_KEY}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const talked = talk(both);
    await expect.poll(() => talked.closed).toBe(true);
    expect(statuses(talked)).toEqual(['400']);
  });

  it('bears who leaves in the middle', async () => {
    for (let each = 0; each < 50; each += 1) {
      const talked = talk(post(BULK).slice(0, -10));
      await pass(2);
      talked.socket.resetAndDestroy();
    }
    const next = talk(post(BULK));
    await expect.poll(() => statuses(next)).toEqual(['200']);
  });

  it('waits for the word to go on where a client waits for it', async () => {
    const talked = talk(post(BULK, { more: 'Expect: 100-continue\r\nConnection: close\r\n' }));
    await expect.poll(() => talked.closed).toBe(true);
    expect(statuses(talked)).toEqual(['100', '200']);
  });
});
