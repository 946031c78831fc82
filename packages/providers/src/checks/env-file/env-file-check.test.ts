import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { envFileCheck } from './index.ts';

describeCheckConformance(envFileCheck, async () => {
  const directory = await createTemporaryDirectory();
  await writeFile(join(directory.path, '.env'), 'API_KEY=top-secret-token\nEMPTY=\n');
  await mkdir(join(directory.path, 'folder'));
  return {
    context: { directory: directory.path, secrets: { API_KEY: 'top-secret-token' } },
    passing: { path: '.env', keys: ['API_KEY'] },
    failing: { path: '.env', keys: ['API_KEY', 'EMPTY'] },
    cannotAsk: { path: 'folder', keys: ['API_KEY'] },
    [Symbol.asyncDispose]: directory.remove,
  };
});

const run = async (text: string | null, config: object) => {
  await using directory = await createTemporaryDirectory();
  if (text !== null) await writeFile(join(directory.path, '.env.prod'), text);
  const context = contextFor(envFileCheck.needs, createTestContext({ directory: directory.path }));
  return await envFileCheck.run(envFileCheck.schema.parse({ path: '.env.prod', ...config }), context);
};

describe('env-file check', () => {
  it.each([
    ['A=1', ['A'], {}, ['set']],
    ['A=1\nB=2', ['A', 'B', 'C'], {}, ['set', 'set', 'missing']],
    ['export A=1', ['A'], {}, ['set']],
    ['# A=1', ['A'], {}, ['missing']],
    ['A=', ['A'], {}, ['empty']],
    ['A=""', ['A'], {}, ['empty']],
    ['A=', ['A'], { 'not-empty': false }, ['empty']],
    ['', ['A'], { 'not-empty': false }, ['missing']],
    ['A="multi\nline"\nB=1', ['A', 'B'], {}, ['set', 'set']],
    ['', ['constructor', 'toString'], {}, ['missing', 'missing']],
    [null, ['A'], {}, ['no such file']],
    [null, ['A'], { 'not-empty': false }, ['no such file']],
  ])('%j, asked for %j with %j: %j', async (text, keys, rest, found) => {
    const { verdict, evidence } = await run(text, { keys, ...rest });
    expect(evidence.items.map((item) => item.found)).toEqual(found);
    const good = (state: string) => state === 'set' || (state === 'empty' && 'not-empty' in rest);
    expect(verdict).toBe(found.every(good) ? 'pass' : 'fail');
  });

  it('names what is missing and shows nothing of a value, not even its length', async () => {
    const short = await run('A=x\nB=\n', { keys: ['A', 'B', 'C'] });
    const long = await run(`A=${'s3cret'.repeat(50)}\nB=\n`, { keys: ['A', 'B', 'C'] });
    expect(short.evidence.summary).toBe('.env.prod lacks B, C');
    expect(long).toEqual(short);
  });

  it('says when the file does not exist', async () => {
    expect((await run(null, { keys: ['A'] })).evidence.summary).toBe('.env.prod does not exist: it lacks A');
  });

  it('refuses a file that is far too large', async () => {
    const error = await rejectionOf(run(`A=1\n${'#'.repeat(1_000_001)}`, { keys: ['A'] }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toContain('larger than 1000000 bytes');
  });

  it('keeps its evidence within bounds with hundreds of keys, and shows the missing one', async () => {
    const keys = Array.from({ length: 300 }, (_, i) => `KEY_${i}`);
    const { evidence } = await run(
      keys
        .slice(0, -1)
        .map((key) => `${key}=1`)
        .join('\n'),
      { keys },
    );
    expect(evidence.items).toHaveLength(100);
    expect(evidence.items[0]).toMatchObject({ asked: 'key KEY_299', verdict: 'fail' });
  });

  it.each([{}, { keys: [] }, { keys: [''] }, { keys: ['A'], path: '' }, { keys: ['A'], values: true }])(
    'refuses %j',
    (config) => {
      expect(envFileCheck.schema.safeParse({ path: '.env', ...config }).success).toBe(false);
    },
  );
});
