import { PassThrough, Writable } from 'node:stream';
import { RetryableError } from '@slipway/provider-kit';
import { contextFor, createTestContext, describeChannelConformance, rejectionOf } from '@slipway/provider-kit/testing';
import { expect, it } from 'vitest';
import { createConsoleChannel } from './index.ts';

const RULE = /^─+$/m;

let stream = new PassThrough();
const shown = () => String(stream.read() ?? '');
// The conformance suite runs one test at a time and makes a world for each.
describeChannelConformance(
  createConsoleChannel(new Writable({ write: (chunk, _encoding, done) => void stream.write(chunk, done) })),
  async () => {
    stream = new PassThrough();
    const received = async () =>
      shown()
        .split(RULE)
        .filter((block) => block.trim() !== '');
    return {
      context: {},
      working: {},
      canVerify: false,
      received,
      [Symbol.asyncDispose]: async () => void stream.destroy(),
    };
  },
);

const send = async (to: Writable, title: string, text: string) => {
  const channel = createConsoleChannel(to);
  await channel.send({}, { id: '1', launch: 'shop', title, text }, contextFor(channel.needs, createTestContext()));
};

it('writes one block with launch, title and text', async () => {
  const to = new PassThrough();
  await send(to, 'Live', 'On for all.\nThanks.');
  expect(String(to.read())).toBe('\n── shop: Live ──\n  On for all.\n  Thanks.\n────────────────\n');
});

it('lets no text control the terminal', async () => {
  const to = new PassThrough();
  await send(to, 'a\u001B]0;title\u0007\nb', '\u001B[2Jcleared\r\u0008\u009B1m\tend');
  const text = String(to.read());
  expect(text).toContain('cleared');
  expect(text).toMatch(/\tend/);
  expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
});

it('rejects with RetryableError when the stream cannot be written to, and survives it', async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  expect(await rejectionOf(send(broken, 'a', 'b'))).toBeInstanceOf(RetryableError);
});
