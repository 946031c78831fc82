import type { LaunchEvent, Recorded, UndoItem } from '@slipway/core';
import type { Environment } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { NOW, PERSON } from '../testing/drafts.ts';
import { samplePlan } from '../testing/sample-launch.ts';
import { pastLaunch } from './past-launch.ts';

const SECOND = 1_000;
const environment = (name: string, tier: Environment['tier']): Environment => ({
  name,
  tier,
  target: null,
  router: null,
});
const PLAN = samplePlan({
  environments: { staging: environment('staging', 'staging'), production: environment('production', 'production') },
});

/** One a second. */
const logOf = (...events: readonly LaunchEvent[]): readonly Recorded[] =>
  [started, ...events].map((event, index) => ({
    seq: index + 1,
    at: NOW + index * SECOND,
    actor: PERSON,
    event,
    hash: `hash-${index + 1}`,
  }));

const started: LaunchEvent = {
  type: 'launch-started',
  launch: 'shop-1',
  plan: PLAN,
  planDigest: 'digest',
  directory: '/',
  t0: NOW,
};
const verified = (name: string, version = '2.0.0'): LaunchEvent => ({
  type: 'environment-verified',
  environment: name,
  version,
});
const turning: LaunchEvent = {
  type: 'turning-back',
  cause: { kind: 'rollback', reason: 'drill' },
  ending: 'scrubbed',
  stopBy: NOW,
};
const confirm = (name: string, version: string | null): UndoItem => ({
  step: 'deploy',
  undo: { kind: 'effect', work: { kind: 'confirm-back', environment: name, version }, timeout: 1 },
});
const stop = (name: string): UndoItem => ({
  step: 'deploy',
  undo: { kind: 'effect', work: { kind: 'stop', environment: name, version: '2.0.0' }, timeout: 1 },
});
const settled = (effect: string, isDone = true): readonly LaunchEvent[] => [
  { type: 'effect-started', effect, attempt: 1, touches: null },
  {
    type: 'effect-settled',
    effect,
    attempt: 1,
    retryAt: null,
    outcome: isDone
      ? { result: 'done', evidence: { summary: 'seen', items: [] }, data: { kind: 'none' } }
      : { result: 'failed', reason: 'no', retryable: false, retryAfter: null, evidence: null },
  },
];
const planned = (...items: readonly UndoItem[]): LaunchEvent => ({ type: 'way-back-planned', items });
const ended = (as: 'completed' | 'scrubbed' | 'rollback-incomplete'): LaunchEvent => ({ type: 'launch-ended', as });

describe('what a log says of a launch to another', () => {
  it('that nothing happened in it yet', () => {
    expect(pastLaunch(logOf())).toEqual({
      id: 'shop-1',
      plan: 'shop',
      artifact: { name: 'shop', version: '2.0.0', git: null },
      planDigest: 'digest',
      startedAt: NOW,
      ended: null,
      environments: [
        { name: 'staging', tier: 'staging', servedAt: null, back: null },
        { name: 'production', tier: 'production', servedAt: null, back: null },
      ],
      incidents: [],
      head: { seq: 1, hash: 'hash-1' },
    });
  });

  it('when its version was last verified where, and no other version', () => {
    const past = pastLaunch(
      logOf(verified('staging'), verified('staging'), verified('production', '1.0.0'), ended('completed')),
    );
    expect(past).toMatchObject({
      ended: { as: 'completed', at: NOW + 4 * SECOND },
      environments: [{ servedAt: NOW + 2 * SECOND }, { servedAt: null }],
    });
  });

  it('that it went back, where a look of ours found the version before', () => {
    const items = [stop('staging'), confirm('staging', '1.0.0')];
    const past = pastLaunch(
      logOf(
        verified('staging'),
        turning,
        planned(...items),
        ...settled('~undo:0.0'),
        ...settled('~undo:1.0'),
        ended('scrubbed'),
      ),
    );
    expect(past).toMatchObject({
      ended: { as: 'scrubbed' },
      environments: [{ back: { to: '1.0.0', at: NOW + 7 * SECOND } }, { back: null }],
      incidents: ['rollback'],
      head: { seq: 9, hash: 'hash-9' },
    });
  });

  it.each<[string, readonly LaunchEvent[]]>([
    ['the look failed', settled('~undo:0.0', false)],
    ['it was not looked', []],
    [
      'a person said so',
      [
        { type: 'effect-started', effect: '~undo:0.0', attempt: 1, touches: null },
        { type: 'outcome-answered', effect: '~undo:0.0', done: true, reason: 'I saw it' },
      ],
    ],
  ])('not that it is back where %s', (_name, events) => {
    const past = pastLaunch(
      logOf(turning, planned(confirm('staging', '1.0.0')), ...events, ended('rollback-incomplete')),
    );
    expect(past).toMatchObject({ ended: { as: 'rollback-incomplete' }, environments: [{ back: null }, {}] });
  });

  it('each thing that went wrong, once', () => {
    const held: LaunchEvent = { type: 'held', cause: { kind: 'person', reason: 'lunch' } };
    const notice = {
      type: 'notice-queued',
      step: null,
      moment: null,
      channel: 'team',
      message: { to: ['team'], title: 't', text: 't' },
    } as const;
    const page: LaunchEvent = { ...notice, notice: '~notice:1.1', page: 1 };
    const said: LaunchEvent = { ...notice, notice: '~notice:1.0' };
    const log = logOf(said, held, { type: 'resumed' }, held, { type: 'resumed' }, page, turning);
    expect(pastLaunch(log)?.incidents).toEqual(['hold', 'page', 'rollback']);
    expect(pastLaunch(logOf(said))?.incidents).toEqual([]);
  });
});

it('says nothing of an empty log', () => {
  expect(pastLaunch([])).toBeNull();
});
