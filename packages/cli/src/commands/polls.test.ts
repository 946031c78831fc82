import type { LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AskedLaunch, askedLaunch } from '../testing/asked-launch.ts';
import { VIEW } from '../testing/sample-launch.ts';

const BASIS = { seq: 7, digest: '3f9a12bc44d0'.repeat(5) };
const OPEN: LaunchView = {
  ...VIEW,
  waitingFor: [{ step: 'go', who: 'tech', what: 'GO or NO-GO: go', how: 'slipway approve go', basis: BASIS }],
};

let launch: AskedLaunch;
beforeEach(async () => {
  launch = await askedLaunch(OPEN);
});
afterEach(() => launch.close());

const vote = { type: 'vote', step: 'go', vote: 'go', reason: '', basis: 7 };

describe('what is typed is what is sent', () => {
  test.each<[words: readonly string[], command: unknown]>([
    [['approve', 'go'], vote],
    [['approve', 'go', '--condition', 'a', '--condition', ' b '], { ...vote, conditions: ['a', 'b'] }],
    [
      ['condition', 'met', 'go', '2', '--proof', 'roster'],
      { type: 'meet-condition', step: 'go', condition: 2, proof: 'roster' },
    ],
    [['skip', 'tree', '--reason', 'known'], { type: 'skip', step: 'tree', reason: 'known' }],
    [
      ['skip', 'tree', '--reason', 'known', '--until', '4h'],
      { type: 'skip', step: 'tree', reason: 'known', until: '4h' },
    ],
    [['waiver', 'approve', 'tree'], { type: 'approve-waiver', step: 'tree' }],
  ])('%j', async (words, command) => {
    expect((await launch.slipway(...words)).code).toBe(0);
    expect(launch.sent).toEqual([command]);
  });

  test.each([
    [['approve', 'go', '--condition', ' '], '--condition'],
    [['condition', 'met', 'go', 'first', '--proof', 'x'], '"first" is no number of a condition'],
    [['condition', 'met', 'go', '1'], '--proof'],
  ])('%j is refused, and nothing is sent', async (words, said) => {
    const { code, errors } = await launch.slipway(...words);
    expect([code, launch.sent]).toEqual([2, []]);
    expect(errors).toContain(said);
  });

  test('a skip that a second person decides is said to be proposed', async () => {
    const how = 'slipway waiver approve tree';
    launch.view = { ...VIEW, waitingFor: [{ step: 'tree', who: 'tech', what: 'ada wants', how, basis: null }] };
    const { out } = await launch.slipway('skip', 'tree', '--reason', 'known');
    expect(out).toContain('Proposed to waive: The tree is clean');
  });
});

describe('who a sign-off waits for stands in the status', () => {
  const signoff: LaunchView = {
    ...OPEN,
    look: null,
    environments: [],
    phases: [
      {
        name: 'decide',
        state: 'active',
        steps: [
          { id: 'go', kind: 'signoff', title: 'Go', state: 'active', since: null, detail: 'waits for 1 GO from tech' },
        ],
      },
    ],
    votes: [
      {
        step: 'go',
        person: 'dep',
        vote: 'go',
        roles: ['support'],
        delegated: ['support'],
        reason: '',
        at: VIEW.t0,
        stands: true,
        expiresAt: VIEW.t0 + 3_600_000,
        conditions: [
          { number: 1, text: 'dry', person: 'dep', met: null },
          { number: 2, text: 'calm', person: 'dep', met: 'dep: I looked' },
        ],
      },
      {
        step: 'go',
        person: 'ann',
        vote: 'go',
        roles: ['tech'],
        reason: '',
        at: VIEW.t0,
        stands: false,
        fell: 'expired',
      },
    ],
    signoffs: [
      {
        step: 'go',
        roles: [{ role: 'tech', missing: 1, people: ['ann', 'bob'], delegates: ['eve'] }],
        conditions: [],
        fallen: [],
      },
    ],
  };

  test.each([
    [
      'en',
      [
        'GO by dep (support) · stands in for support · until 10:00:00',
        'condition 1: dry · open',
        'condition 2: calm · met, dep: I looked',
        'GO by ann (tech) · no longer counts: it is too old',
        'tech: 1 GO missing, of ann, bob · or while none of them has voted eve',
      ],
    ],
    [
      'fr',
      [
        "GO de dep (support) · supplée support · jusqu'à 10:00:00",
        'condition 1 : dry · ouverte',
        'condition 2 : calm · remplie, dep: I looked',
        'GO de ann (tech) · ne compte plus : il est périmé',
      ],
    ],
  ])('in %s', async (language, lines) => {
    launch.view = signoff;
    const { out } = await launch.slipway('status', '--lang', language);
    for (const line of lines) expect(out).toContain(line);
  });
});
