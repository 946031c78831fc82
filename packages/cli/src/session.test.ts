import { Command } from 'commander';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { messagesFor } from './messages/messages-for.ts';
import { Session } from './session.ts';
import { testContext } from './testing/test-context.ts';

test.each<[string, number | undefined, Record<string, string>, number]>([
  ['a terminal says', 72, { COLUMNS: '40' }, 72],
  ['the environment says, where there is no terminal', undefined, { COLUMNS: '40' }, 40],
  ['the environment says, where the terminal does not know', 0, { COLUMNS: '40' }, 40],
  ['can be read, where nobody knows', 0, {}, 100],
  ['can be read, where the environment says nothing of use', undefined, { COLUMNS: 'wide' }, 100],
])('the screen is as wide as %s', (_, columns, env, width) => {
  const output = Object.assign(new PassThrough(), columns === undefined ? {} : { columns });
  const session = new Session(testContext({ output, env }), messagesFor('en'), new Command());
  expect(session.screen().width).toBe(width);
});
