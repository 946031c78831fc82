import type { LaunchView, Look, StepView, VoteView, WayBackItem } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { Pen } from '../render/pen.ts';
import { spoil } from '../testing/hostile.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';
import { changes } from './changes.ts';

const pen = new Pen(screen());
const LOOK = VIEW.look as Look;
const waiting = { step: 'go', who: 'tech-lead', what: 'GO or NO-GO: go', how: 'slipway approve go', basis: null };
const vote: VoteView = { step: 'go', person: 'ada', vote: 'go', roles: ['rm'], reason: '', at: AT, stands: true };
const item: WayBackItem = { step: 'rollout', text: 'all traffic to 1.0.0', state: 'planned' };

/** The sample launch with its rollout changed. */
const rollout = (changed: Partial<StepView>): Partial<LaunchView> => ({
  phases: VIEW.phases.map((phase) =>
    phase.name === 'production' ? { ...phase, steps: phase.steps.map((step) => ({ ...step, ...changed })) } : phase,
  ),
});

test('against nothing it is told where the launch stands', () => {
  expect(changes(null, VIEW, pen)).toEqual([
    'RUNNING · A new version of the shop 2.1.0 · Production: Roll out to production',
    'gate: The tree is clean: passed · clean',
    'production: Roll out to production: active · watches',
    'traffic of production: 2.1.0 5 % · 1.0.0 95 %',
    'health: too early to tell: not enough to judge on: 2.1.0 answered 9 of the 50 needed for errors',
  ]);
});

describe('between two views, each change is one text', () => {
  test.each<[string, Partial<LaunchView>, Partial<LaunchView>, string[]]>([
    ['nothing', {}, {}, []],
    ['what only counts on', { seq: 1, digest: 'a' }, { seq: 2, digest: 'b', exposure: 10 }, []],
    ['the state', {}, { state: 'held', headline: 'Held' }, ['HELD · Held']],
    ['a headline alone', {}, { headline: 'Other' }, []],
    ['a cause', { causes: ['a'] }, { causes: ['a', 'b'] }, ['because: b']],
    ['a cause that is gone', { causes: ['a'] }, { causes: [] }, []],
    [
      'a step',
      {},
      rollout({ state: 'failed', detail: 'no data' }),
      ['production: Roll out to production: failed · no data'],
    ],
    ['what an active step says', {}, rollout({ detail: '5 %' }), ['production: Roll out to production: active · 5 %']],
    ['what a step says that is over', rollout({ state: 'failed' }), rollout({ state: 'failed', detail: 'x' }), []],
    [
      'a step that is new and waits',
      { phases: [] },
      rollout({ state: 'waiting' }),
      ['gate: The tree is clean: passed · clean', 'production: Roll out to production: waiting · watches'],
    ],
    ['a vote', {}, { votes: [{ ...vote, reason: 'seen' }] }, ['go: GO by ada (rm) · seen']],
    ['a vote against', {}, { votes: [{ ...vote, vote: 'no-go' }] }, ['go: NO-GO by ada (rm)']],
    [
      'a vote that falls',
      { votes: [vote] },
      { votes: [{ ...vote, stands: false }] },
      ['go: GO by ada (rm) · no longer counts: the facts changed'],
    ],
    [
      'a second vote of the same person',
      { votes: [vote] },
      { votes: [vote, { ...vote, at: AT + 1 }] },
      ['go: GO by ada (rm)'],
    ],
    ['a vote as it was', { votes: [vote] }, { votes: [{ ...vote }] }, []],
    [
      'traffic',
      {},
      { environments: VIEW.environments.map((each) => ({ ...each, split: [{ version: '2.1.0', weight: 100 }] })) },
      ['traffic of production: 2.1.0 100 %'],
    ],
    [
      'traffic that is routed no more',
      {},
      { environments: VIEW.environments.map((each) => ({ ...each, split: [] })) },
      [],
    ],
    [
      'an environment that is verified',
      {},
      { environments: VIEW.environments.map((each) => ({ ...each, verified: '2.1.0' })) },
      ['production is verified: 2.1.0'],
    ],
    [
      'an environment that is verified no more',
      { environments: VIEW.environments.map((each) => ({ ...each, verified: '2.1.0' })) },
      {},
      [],
    ],
    ['figures alone', {}, { look: { ...LOOK, elapsed: 5_000, samples: 12, sentence: 'still not enough' } }, []],
    ['a standing', {}, { look: { ...LOOK, standing: 'failing', sentence: 'errors' } }, ['health: failing: errors']],
    ['a weight', {}, { look: { ...LOOK, weight: 25, sentence: 'begun' } }, ['health: too early to tell: begun']],
    ['a look that is over', {}, { look: null }, []],
    [
      'a look that begins',
      { look: null },
      { look: { ...LOOK, sentence: 'begun' } },
      ['health: too early to tell: begun'],
    ],
    [
      'a move of the way back',
      { wayBack: [item] },
      { wayBack: [{ ...item, state: 'running' }] },
      ['way back: all traffic to 1.0.0: running'],
    ],
    ['a plan of the way back', { wayBack: [] }, { wayBack: [item] }, []],
    ['who must act', {}, { waitingFor: [waiting] }, ['waits for tech-lead: GO or NO-GO: go', '    slipway approve go']],
    [
      'who must act on facts',
      { waitingFor: [waiting] },
      { waitingFor: [{ ...waiting, basis: { seq: 7, digest: 'sha256:ab12cd34ef56aa' } }] },
      ['waits for tech-lead: GO or NO-GO: go · facts ab12cd34ef56', '    slipway approve go'],
    ],
    ['who still must act', { waitingFor: [waiting] }, { waitingFor: [{ ...waiting }] }, []],
    [
      'anyone',
      {},
      { waitingFor: [{ ...waiting, who: 'anyone' }] },
      ['waits for anyone with the right: GO or NO-GO: go', '    slipway approve go'],
    ],
  ])('%s', (_, before, after, texts) => {
    expect(changes({ ...VIEW, ...before }, { ...VIEW, ...after }, pen)).toEqual(texts);
  });

  test('an environment that is new', () => {
    expect(changes({ ...VIEW, environments: [] }, VIEW, pen)).toEqual([
      'traffic of production: 2.1.0 5 % · 1.0.0 95 %',
    ]);
  });
});

test('in French', () => {
  const french = new Pen(screen({ messages: messagesFor('fr') }));
  expect(changes(VIEW, { ...VIEW, state: 'held', headline: '' }, french)).toEqual(['SUSPENDU']);
});

test.each([true, false])('a text that would steer the terminal does not, unicode %s', (unicode) => {
  const view = spoil<LaunchView>({
    ...VIEW,
    causes: ['a'],
    votes: [vote],
    waitingFor: [waiting],
    wayBack: [{ ...item, state: 'done' }],
  });
  const texts = changes(null, view, new Pen(screen({ unicode })));
  expect(texts.length).toBeGreaterThan(8);
  for (const text of texts) expect(text).toMatch(unicode ? /^[^\p{Cc}\u202E]*$/u : /^[ -~]*$/);
});
