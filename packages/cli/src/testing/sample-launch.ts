import type { LaunchView } from '@slipway/contract';
import { messagesFor } from '../messages/messages-for.ts';
import type { Screen } from '../render/screen.ts';

/** T-0 and start of the sample launch, epoch ms. */
export const AT = Date.UTC(2026, 10, 24, 9, 0, 0);

/** A launch in the middle of its rollout to production. */
export const VIEW: LaunchView = {
  id: 'shop-1',
  name: 'shop',
  title: 'A new version of the shop',
  artifact: { name: 'shop', version: '2.1.0' },
  previousVersion: '1.0.0',
  seq: 58,
  digest: 'ab12cd34ef56'.repeat(5),
  planDigest: '00',
  zone: 'UTC',
  t0: AT,
  startedAt: AT,
  startedBy: 'ada@shop.example',
  endedAt: null,
  state: 'running',
  headline: 'Production: Roll out to production',
  causes: [],
  waitingFor: [],
  next: ['Tag the release', 'Shop 2.1.0 is live'],
  phases: [
    {
      name: 'gate',
      state: 'done',
      steps: [{ id: 'tree', kind: 'check', title: 'The tree is clean', state: 'passed', since: AT, detail: 'clean' }],
    },
    {
      name: 'production',
      state: 'active',
      steps: [
        {
          id: 'rollout',
          kind: 'rollout',
          title: 'Roll out to production',
          state: 'active',
          since: AT,
          detail: 'watches',
        },
      ],
    },
  ],
  environments: [
    {
      name: 'production',
      tier: 'production',
      split: [
        { version: '2.1.0', weight: 5 },
        { version: '1.0.0', weight: 95 },
      ],
      splitVerified: true,
      verified: null,
    },
  ],
  votes: [],
  signoffs: [],
  wayBack: [{ step: 'rollout', text: 'all traffic of production to 1.0.0', state: 'planned' }],
  look: {
    step: 'rollout',
    environment: 'production',
    at: AT + 9000,
    weight: 5,
    elapsed: 4000,
    hold: 8000,
    standing: 'too-early',
    sentence: 'not enough to judge on: 2.1.0 answered 9 of the 50 needed for errors',
    samples: 9,
    minSamples: 50,
    exposure: 9,
    metrics: [{ name: 'errors', unit: 'ratio', new: 0.1111, old: 0 }],
    compared: null,
  },
  activity: [],
  exposure: 9,
  firstBadAt: null,
  backAt: null,
};

/** A terminal on which nothing is special, nine seconds after the start. */
export const screen = (changes: Partial<Screen> = {}): Screen => ({
  width: 100,
  height: null,
  now: AT + 9000,
  color: false,
  unicode: true,
  messages: messagesFor('en'),
  lost: null,
  launchFlag: '',
  ...changes,
});
