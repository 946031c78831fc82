import { afterEach, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { AT, VIEW } from '../testing/sample-launch.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

const { id, title, artifact, state, headline, endedAt } = VIEW;
const SHOP = { id, title, artifact, state, headline, startedAt: AT, endedAt };

let api: Listening | null = null;
afterEach(() => api?.close());

async function list(body: unknown, ...flags: readonly string[]): Promise<Ran> {
  api = await listen((_, response) => answer(response, 200, body));
  return runCommand(['list', ...flags], {
    env: { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' },
  });
}

test.each<[string, object, readonly string[]]>([
  ['nothing', { launches: [], unreadable: [], omitted: 0 }, ['There are no launches yet.']],
  ['a launch', { launches: [SHOP], unreadable: [], omitted: 0 }, ['shop-1 · shop 2.1.0', '▶ running · Production']],
  ['one that cannot be read', { launches: [], unreadable: ['shop-0'], omitted: 0 }, ['✖ shop-0: its events cannot']],
  ['how many are left out', { launches: [SHOP], unreadable: [], omitted: 3 }, ['… 3 older launches, ended']],
])('lists %s', async (_, body, words) => {
  const { code, out } = await list(body);
  expect(code).toBe(0);
  for (const each of words) expect(out).toContain(each);
});

test('answers a machine with exactly what the server says', async () => {
  const body = { launches: [SHOP], unreadable: ['shop-0'], omitted: 3 };
  expect(JSON.parse((await list(body, '--json')).out)).toEqual(body);
});
