import type { Launch, Mode, Moment, Notice } from '@slipway/core';
import type { Message } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sampleContext } from '../testing/sample-context.ts';
import { accessTo, samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { meaningOf } from './message-meaning.ts';
import { sendHandler } from './send.ts';

const ID = '~notice:7.0';

const HELD: Mode = { is: 'held', causes: [] };
const COMPLETED: Mode = { is: 'ended', as: 'completed', cause: null, items: [], at: 2000 };

function launchWith(own: Partial<Notice>, mode: Mode = HELD): Launch {
  const message = { to: ['team'], title: 'Held', text: 'T' };
  const notice: Notice = { id: ID, step: null, moment: null, channel: 'team', message, queuedAt: 1234, ...own };
  const launch = { ...startedLaunch(samplePlan()), notices: { [ID]: notice }, mode };
  return { ...launch, origin: { seq: 1, hash: 'c'.repeat(64) } };
}

describe('what a message means', () => {
  test.each<[Moment | null, Message['severity'], string | null]>([
    [null, 'info', null],
    ['started', 'info', null],
    ['soaking', 'info', null],
    ['t0-moved', 'info', null],
    ['resumed', 'info', 'resolved'],
    ['held', 'warning', 'open'],
    ['turning-back', 'warning', 'open'],
    ['rollback-incomplete', 'critical', 'open'],
    ['rolled-back', 'info', 'resolved'],
    ['scrubbed', 'info', 'resolved'],
    ['completed', 'info', 'resolved'],
  ])('at %s it is %s, and its alarm is %s', (moment, severity, state) => {
    const meaning = meaningOf(launchWith({ moment }), ID);
    expect([meaning.severity, meaning.alarm?.state ?? null]).toEqual([severity, state]);
    expect(meaning.alarm?.cause).toBe(state === null ? undefined : 'launch');
  });

  test('a page is critical', () => {
    const meaning = meaningOf(launchWith({ moment: 'held', page: 2 }), ID);
    expect(meaning).toMatchObject({ severity: 'critical', alarm: { state: 'open' } });
  });

  test.each<[string, Mode]>([
    ['that goes on again', { is: 'running' }],
    ['that has ended', COMPLETED],
  ])('a page that comes late, of a launch %s, raises no alarm', (_name, mode) => {
    const meaning = meaningOf(launchWith({ moment: 'held', page: 2 }, mode), ID);
    expect([meaning.severity, meaning.alarm]).toEqual(['warning', undefined]);
    const end = meaningOf(launchWith({ moment: 'resumed' }, mode), ID);
    expect(end.alarm?.state).toBe('resolved');
  });

  test('says when, what is launched, and which messages belong together', () => {
    expect(meaningOf(launchWith({}), ID)).toEqual({
      thread: `shop-1.${'c'.repeat(16)}`,
      at: 1234,
      severity: 'info',
      artifact: { name: 'shop', version: '2.0.0', previousVersion: null },
    });
  });

  test('a message that nobody queued has no time', () => {
    expect(meaningOf(launchWith({}), '~notice:8.0')).not.toHaveProperty('at');
  });

  test('reaches the channel', async () => {
    const sent: Message[] = [];
    const fake = {
      kind: 'channel' as const,
      name: 'fake',
      schema: z.unknown(),
      needs: [],
      send: async (_config: unknown, message: Message) => void sent.push(message),
      verify: async () => ({ done: 'no' as const }),
    };
    const launch = launchWith({ moment: 'held' });
    const plan = { ...launch.plan, channels: { team: { provider: 'fake', config: {} } } };
    const work = { kind: 'send' as const, channel: 'team', message: { to: ['team'], title: 'Held', text: 'T' } };
    const { effect, ...context } = sampleContext(work, { launch: { ...launch, plan } });
    await sendHandler(accessTo({ channels: { fake } })).run(work, { ...context, effect: { ...effect, id: ID } });
    expect(sent).toMatchObject([{ title: 'Held', at: 1234, severity: 'warning', alarm: { state: 'open' } }]);
  });
});
