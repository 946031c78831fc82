import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { closeApp } from './close-app.ts';

it('does not wait for a connection that never asks for anything', async () => {
  const app = Fastify();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const silent = connect(port, '127.0.0.1');
  await Promise.all([once(silent, 'connect'), once(app.server, 'connection')]);
  const ended = once(silent, 'close');
  await closeApp(app, 50);
  await ended;
  expect(app.server.listening).toBe(false);
});

it('lets an answer end that is under way', async () => {
  const app = Fastify();
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<string>();
  app.get('/', () => {
    asked.resolve();
    return go.promise;
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const answer = fetch(address).then((response) => response.text());
  await asked.promise;
  const closed = closeApp(app, 10_000);
  go.resolve('the answer');
  expect(await answer).toBe('the answer');
  await closed;
});
