import type { ObserveWork } from '@slipway/core';
import type { Identity } from '@slipway/plan';
import {
  createRedactor,
  type HttpClient,
  type InstanceState,
  NoAnswerError,
  type TargetProvider,
} from '@slipway/provider-kit';
import { rejectionOf } from '@slipway/provider-kit/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ProviderAccess } from '../../providers/provider-access.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { askInstances } from './ask-instances.ts';

const WORK: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 1_000,
  judging: { conditions: [], minSamples: 0, every: 1_000, silence: 1_000 },
  mode: 'decide',
};
const IDENTITY: Identity = { path: '/', at: { header: 'v' }, is: '{{ artifact.version }}', timeout: 2_000 };
const PLAN = samplePlan({
  environments: {
    production: { name: 'production', tier: 'production', target: { provider: 'fake', config: {} }, router: null },
  },
});
const SECRET = 'token-of-somebody';

/** What an instance answers; null: nothing. */
type Says = (id: string) => string | null;

interface Circumstances {
  readonly says?: Says;
  readonly running?: number;
  readonly unready?: readonly string[];
  readonly is?: string;
  readonly before?: number;
  readonly inspect?: () => Promise<never>;
}

const idOf = (url: string): string => new URL(url).hostname.replace('i', '').replace('.test', '');

/** Asks instances called 0, 1, 2 ... of which the fake client tells what they say. */
function place({ says = () => '2.0.0', running = 3, unready = [], is, before = 0, inspect }: Circumstances) {
  const instances = Array.from({ length: running }, (_, index): InstanceState => {
    const id = String(index);
    return { id, address: `i${id}.test`, ready: !unready.includes(id), restarts: 0 };
  });
  const old: InstanceState = { id: 'old', address: 'iold.test', ready: true, restarts: 0 };
  const target: TargetProvider = {
    kind: 'target',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    inspect: async () => ({
      versions: [
        { version: '1.0.0', instances: [old] },
        { version: '2.0.0', instances: inspect === undefined ? instances : await inspect() },
      ],
    }),
    start: () => Promise.reject(new Error('nothing is started here')),
    restore: () => Promise.reject(new Error('nothing is started here')),
    stop: () => Promise.reject(new Error('nothing is stopped here')),
  };
  const asked: string[] = [];
  let [atOnce, most] = [0, 0];
  const http: HttpClient = {
    request: async ({ url }) => {
      asked.push(idOf(url));
      most = Math.max(most, ++atOnce);
      await Promise.resolve();
      atOnce -= 1;
      const said = says(idOf(url));
      if (said === null) throw new NoAnswerError('nobody is there', { sent: false });
      return { status: 200, headers: { v: said }, body: '', cut: false, milliseconds: 1 };
    },
  };
  const clock = createManualClock();
  const redactor = createRedactor();
  redactor.add(SECRET);
  const { machine } = accessTo({ targets: { fake: target } }, clock);
  const stop = new AbortController();
  const context: EffectContext = {
    launch: startedLaunch(PLAN),
    effect: { id: 'r:4.0', step: 'r', class: 'read-only', work: WORK, timeout: null, attempts: 1 },
    attempt: 1,
    signal: stop.signal,
    note: null,
    noteDown: async () => true,
    say: () => {},
    look: () => {},
  };
  const identity = is === undefined ? IDENTITY : { ...IDENTITY, is };
  const access = new ProviderAccess({ ...machine, http, redactor });
  const answer = askInstances(access, { work: WORK, identity, before }, context);
  return { answer, asked, clock, stop, most: () => most };
}

const found = async (circumstances: Circumstances) => (await place(circumstances).answer).found;
const unknown = (why: object) => ({ is: 'unknown', why });
const otherAt =
  (...ids: readonly string[]): Says =>
  (id) =>
    ids.includes(id) ? '1.0.0' : '2.0.0';

test.each<[string, Circumstances, object]>([
  ['all say that they are the new version', {}, { is: 'confirmed', instances: 3 }],
  ['what is to be said is a template', { says: () => 'v2.0.0', is: 'v{{ artifact.version }}' }, { is: 'confirmed' }],
  ['one says that it is another', { says: otherAt('1') }, { is: 'other', instance: '1', said: '1.0.0' }],
  [
    'one does not answer',
    { says: (id) => (id === '1' ? null : '2.0.0') },
    unknown({ reason: 'silent', instance: '1' }),
  ],
  [
    'another version weighs more than silence',
    { says: (id) => (id === '0' ? null : '1.0.0') },
    { is: 'other', instance: '1' },
  ],
  ['one that is not ready has no traffic', { says: otherAt('1'), unready: ['1'] }, { is: 'confirmed', instances: 2 }],
  ['none is ready', { unready: ['0', '1', '2'] }, unknown({ reason: 'unready' })],
  ['none runs', { running: 0 }, unknown({ reason: 'unready' })],
  ['the target cannot say', { inspect: () => Promise.reject(new Error('gone')) }, unknown({ reason: 'untold' })],
  ['the template gives nothing', { is: '{{ artifact.git }}' }, unknown({ reason: 'untold' })],
  ['the template fails', { is: '{{ artifact.nothing }}' }, unknown({ reason: 'untold' })],
])('%s', async (_, circumstances, expected) => {
  expect(await found(circumstances)).toMatchObject(expected);
});

test('those of the old version are not asked', async () => {
  const { answer, asked } = place({});
  await answer;
  expect(asked).toEqual(['0', '1', '2']);
});

test('ten are asked at once, and fifty at a time', async () => {
  const { answer, asked, most } = place({ running: 60 });
  expect((await answer).found).toEqual({ is: 'confirmed', instances: 50 });
  expect([asked.length, new Set(asked).size, most()]).toEqual([50, 50, 10]);
});

test('of too many others are asked the next time', async () => {
  expect(await found({ running: 60, says: otherAt('55') })).toMatchObject({ is: 'confirmed' });
  expect(await found({ running: 60, says: otherAt('55'), before: 1 })).toMatchObject({ is: 'other', instance: '55' });
});

test('what an instance says is shown without secrets, control characters and excess', async () => {
  expect(await found({ says: () => `1.0.0 ${SECRET}` })).toMatchObject({ said: '1.0.0 [redacted]' });
  expect(await found({ says: () => '1.0.0\u001B[2J' })).toMatchObject({ said: '1.0.0 [2J' });
  expect(await found({ says: () => 'x'.repeat(500) })).toMatchObject({ said: `${'x'.repeat(60)}…` });
  // The secret stands where it is cut.
  expect(await found({ says: () => `${'x'.repeat(55)}${SECRET}` })).toMatchObject({ said: `${'x'.repeat(55)}[reda…` });
});

test('a target that hangs is waited for as long as any reading', async () => {
  const { answer, clock } = place({ inspect: () => new Promise(() => {}) });
  await clock.advance(5_000);
  expect(await answer).toEqual({ found: unknown({ reason: 'untold' }), detail: 'no reading within 5 s' });
});

test('whoever is stopped gets no answer', async () => {
  const { answer, stop } = place({ inspect: () => new Promise(() => {}) });
  const rejection = rejectionOf(answer);
  stop.abort(new Error('stopped'));
  expect(await rejection).toMatchObject({ message: 'stopped' });
});
