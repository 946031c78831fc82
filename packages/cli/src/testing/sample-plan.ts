import type { PlanReport, TimelineEntry } from '@slipway/contract';

const ENTRY: TimelineEntry = {
  phase: 'gate',
  id: 'tests',
  kind: 'run',
  title: 'Run the tests',
  earliest: 0,
  duration: null,
  effect: 'read-only',
  environment: null,
  who: [],
  what: ['runs npm test'],
  wayBack: null,
  pointOfNoReturn: false,
  onFail: 'hold',
};

/** A valid plan of four steps in two phases, with everything that a step can say. */
export const REPORT: PlanReport = {
  ok: true,
  problems: [],
  launch: 'shop',
  title: 'A new version of the shop',
  artifact: { name: 'shop', version: '2.1.0' },
  digest: 'sha256:ab12cd34ef56789',
  timeline: [
    ENTRY,
    {
      ...ENTRY,
      id: 'go',
      kind: 'signoff',
      title: 'go-no-go',
      effect: 'person',
      who: ['tech-lead', 'support'],
      what: [],
    },
    {
      ...ENTRY,
      phase: 'production',
      id: 'rollout',
      kind: 'rollout',
      title: 'Roll out to production',
      duration: 1_200_000,
      effect: 'executive',
      environment: 'production',
      what: ['5 % for 5 minutes', '100 % · for 15 minutes'],
      wayBack: 'all traffic to the previous version',
      onFail: 'rollback',
    },
    {
      ...ENTRY,
      phase: 'production',
      id: 'mail',
      kind: 'announce',
      title: 'Write to the customers',
      earliest: 1_200_000,
      effect: 'message',
      what: [],
      pointOfNoReturn: true,
    },
  ],
  shortestMs: 1_200_000,
};
