import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, onTestFinished, test } from 'vitest';
import { RevisionFile } from '../revision-file.ts';
import { OrderGate } from './order-gate.ts';

async function openGate() {
  const directory = await createTemporaryDirectory();
  onTestFinished(() => directory.remove());
  const path = join(directory.path, 'revision.json');
  const lines: string[] = [];
  const open = () => new OrderGate(new RevisionFile(path), (line) => void lines.push(line));
  return { path, lines, open, gate: open(), revision: () => new RevisionFile(path).read().revision };
}

const order = (revision: number, instances = 2, version = '1.0.0') => ({ version, instances, revision });

test('lets in what is newer, and the newest order again, also after its own death', async () => {
  const { gate, open, revision } = await openGate();
  gate.admit(order(1));
  gate.admit(order(1));
  open().admit(order(1));
  gate.admit(order(5));
  expect(revision()).toBe(5);
});

test.each([
  ['an older one', order(4)],
  ['another number', order(5, 3)],
  ['another version', order(5, 2, '2.0.0')],
])('refuses %s, also after its own death', async (_what, late) => {
  const { gate, open, revision } = await openGate();
  gate.admit(order(5));
  for (const each of [gate, open()]) expect(() => each.admit(late)).toThrow(RetryableError);
  expect(revision()).toBe(5);
});

test('refuses the same order again once anything was ordered in between', async () => {
  const { gate, revision } = await openGate();
  gate.admit(order(1));
  gate.pass();
  expect(() => gate.admit(order(1))).toThrow(/^1.0.0 is not brought to 2: .* change 1, and change 2 has been since/);
  expect(revision()).toBe(2);
});

test('what cannot be written down is not let in, but a way back is', async () => {
  const { gate, path, lines } = await openGate();
  gate.admit(order(1));
  // No draft can be written beside the file.
  mkdirSync(`${path}.new`);
  expect(() => gate.admit(order(2))).toThrow('EISDIR');
  gate.pass();
  expect(lines).toEqual([expect.stringMatching(/^The order is not counted on disk: EISDIR/)]);
  rmSync(`${path}.new`, { recursive: true });
  expect(() => gate.admit(order(2))).toThrow(RetryableError);
  gate.admit(order(3));
});

test.each(['', '{"revision":-1,"order":null}', '{"revision":1}'])(
  'where nobody can tell what was last (%j), no number is let in, but a way back is',
  async (content) => {
    const { gate, path, lines, revision } = await openGate();
    writeFileSync(path, content);
    expect(() => gate.admit(order(9))).toThrow(TerminalError);
    gate.pass();
    expect(lines).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(revision).toThrow(TerminalError);
  },
);
