import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TerminalError } from '@slipway/provider-kit';
import type { TemporaryDirectory } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeChannelConformance,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { fileChannel } from './index.ts';
import { messageBlock, messageMark } from './message-block.ts';

const read = async (directory: TemporaryDirectory, name = 'news.md') =>
  await readFile(join(directory.path, name), 'utf8').catch(() => '');

describeChannelConformance(fileChannel, async () => {
  const directory = await createTemporaryDirectory();
  await mkdir(join(directory.path, 'folder'));
  return {
    context: { directory: directory.path },
    working: { path: 'news.md' },
    rejected: { path: 'folder' },
    canVerify: true,
    received: async () => (await read(directory)).split(/^(?=## )/m).filter((block) => block !== ''),
    [Symbol.asyncDispose]: directory.remove,
  };
});

const MESSAGE = { id: 'id-1', launch: 'shop', title: 'Live', text: 'On for all.\n' };
const using = (directory: TemporaryDirectory, path = 'news.md') => {
  const context = contextFor(fileChannel.needs, createTestContext({ directory: directory.path }));
  const config = fileChannel.schema.parse({ path });
  return {
    send: async (message = MESSAGE) => await fileChannel.send(config, message, context),
    verify: async (message = MESSAGE) => (await fileChannel.verify(config, message, context)).done,
  };
};

describe('file channel', () => {
  it('appends Markdown to what is there, and makes the folder where it is missing', async () => {
    await using directory = await createTemporaryDirectory();
    await using(directory, 'records/news.md').send();
    await using(directory, 'records/news.md').send({ ...MESSAGE, id: 'id-2', title: 'All\nclear' });
    expect(await read(directory, 'records/news.md')).toBe(
      '## Live\n\nOn for all.\n\n<!-- slipway message id%2D1 -->\n\n## All clear\n\nOn for all.\n\n<!-- slipway message id%2D2 -->\n\n',
    );
  });

  it('does not write a message that it has', async () => {
    await using directory = await createTemporaryDirectory();
    await using(directory).send();
    const before = await read(directory);
    await using(directory).send();
    expect(await read(directory)).toBe(before);
  });

  it('counts a message that was cut off by a crash as not written', async () => {
    await using directory = await createTemporaryDirectory();
    await writeFile(join(directory.path, 'news.md'), messageBlock(MESSAGE).slice(0, -10));
    expect(await using(directory).verify()).toBe('no');
  });

  it('finds a message in a long file', async () => {
    await using directory = await createTemporaryDirectory();
    await using(directory).send();
    for (let i = 0; i < 20; i += 1) await appendFile(join(directory.path, 'news.md'), 'x\n'.repeat(100_000));
    expect(await using(directory).verify()).toBe('yes');
    expect(await using(directory).verify({ ...MESSAGE, id: 'id-2' })).toBe('no');
  });

  it.each([
    ['its text', { text: `quoting ${messageMark('id-2')}\n${messageMark('id-2')}` }],
    ['its title', { title: messageMark('id-2') }],
    ['its id', { id: 'id-1 -->\n<!-- slipway message id%2D2 -->' }],
    ['a longer id', { id: 'id-22' }],
  ])('lets no message claim another one by %s', async (_title, forged) => {
    await using directory = await createTemporaryDirectory();
    await using(directory).send({ ...MESSAGE, ...forged });
    expect(await using(directory).verify({ ...MESSAGE, ...forged })).toBe('yes');
    expect(await using(directory).verify({ ...MESSAGE, id: 'id-2' })).toBe('no');
  });

  it('refuses a named pipe, at which it would wait for ever', async () => {
    await using directory = await createTemporaryDirectory();
    await promisify(execFile)('mkfifo', [join(directory.path, 'pipe')]);
    expect(await rejectionOf(using(directory, 'pipe').send())).toBeInstanceOf(TerminalError);
  });
});
