import type { LaunchView, Look, StepView, VoteView } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';
import { act } from './act.ts';
import { header } from './header.ts';
import { health } from './health.ts';
import { Pen } from './pen.ts';
import { phases } from './phases.ts';
import type { Screen } from './screen.ts';
import { traffic } from './traffic.ts';
import { wayBack } from './way-back.ts';

type Changes = Partial<LaunchView>;

const pen = (changes: Partial<Screen> = {}): Pen => new Pen(screen(changes));
const FRENCH: Partial<Screen> = { messages: messagesFor('fr') };
const ASCII: Partial<Screen> = { unicode: false };
const view = (changes: Changes): LaunchView => ({ ...VIEW, ...changes });

describe('the header', () => {
  test.each<[string, Changes, Partial<Screen>, string[]]>([
    [
      'without a version before',
      { previousVersion: null },
      { width: 60 },
      ['A new version of the shop · shop 2.1.0          09:00:09 UTC'],
    ],
    ['after the end', { state: 'completed', endedAt: AT + 5_000 }, {}, ['✔ COMPLETED · T+00:00:05 ·']],
    ['before T-0', { t0: AT + 60_000 }, {}, ['▶ RUNNING · T-00:00:51 ·']],
    ['held', { state: 'held' }, ASCII, ['! HELD - T+00:00:09 - launch shop-1']],
    ['rolled back', { state: 'rolled-back' }, FRENCH, ['✔ REVENU EN ARRIÈRE, VÉRIFIÉ · T+00:00:09 · lancement shop-1']],
    ['in the zone of the plan', { zone: 'Europe/Paris' }, {}, ['10:00:09 Europe/Paris', 'started 10:00:00 by']],
    ['with a lost connection', {}, { lost: AT }, ['▲ connection lost; last known state of 09:00:00']],
  ])('%s', (_, changes, terminal, parts) => {
    const text = header(view(changes), pen(terminal)).join('\n');
    for (const part of parts) expect(text).toContain(part);
  });
});

describe('who must act', () => {
  const waiting = { step: 'go', who: 'tech-lead', what: 'GO or NO-GO: go', how: 'slipway approve go', basis: null };
  const basis = { seq: 12, digest: 'sha256:ab12cd34ef56aa' };

  test.each<[string, Changes, Partial<Screen>, string[]]>([
    ['a role', { waitingFor: [waiting] }, {}, ['▲ tech-lead · GO or NO-GO: go', '  slipway approve go']],
    [
      'a role, on facts',
      { waitingFor: [{ ...waiting, basis }] },
      {},
      ['▲ tech-lead · GO or NO-GO: go · facts ab12cd34ef56', '  slipway approve go'],
    ],
    [
      'anyone',
      { waitingFor: [{ ...waiting, who: 'anyone' }] },
      FRENCH,
      ['▲ toute personne habilitée · GO or NO-GO: go', '  slipway approve go'],
    ],
    [
      'a role that nothing can be typed for',
      { waitingFor: [{ ...waiting, how: '' }] },
      ASCII,
      ['! tech-lead - GO or NO-GO: go'],
    ],
    [
      'a role, by a command that is too long for the screen',
      { waitingFor: [{ ...waiting, how: 'slipway answer migrate:0.0 done --reason why' }] },
      { width: 40 },
      ['▲ tech-lead · GO or NO-GO: go', '  slipway answer migrate:0.0 done \\', '  --reason why'],
    ],
    ['nobody while it runs', {}, {}, ['nobody has to act']],
    ['nobody on the way back', { state: 'turning-back' }, {}, ['nobody has to act: the way back runs by itself']],
    ['somebody, where the way back is incomplete', { state: 'rollback-incomplete' }, {}, ['a person is needed']],
    ['somebody who holds it', { state: 'held' }, {}, ['see above what holds it']],
    ['nobody after the end', { state: 'scrubbed' }, FRENCH, ["personne n'a plus à agir"]],
  ])('%s', (_, changes, terminal, lines) => {
    expect(act(view(changes), pen(terminal))).toEqual(lines);
  });
});

describe('health', () => {
  const LOOK = VIEW.look as Look;
  const look = (changes: Partial<Look>): Changes => ({ look: { ...LOOK, ...changes } });
  const ERRORS: Partial<Look> = { metrics: [{ name: 'errors', unit: 'ratio', new: 0.024, old: 0.003 }] };
  const timesLook = (times: NonNullable<Look['compared']>['metrics'][number]['times']): Look['compared'] => ({
    evidence: 1,
    alarm: 100,
    metrics: [{ name: 'errors', evidence: 1, new: null, old: null, times }],
  });
  const metric = { name: 'latency', unit: 'milliseconds', new: 29.4, old: 8.25 } as const;

  test.each<[string, Changes, Partial<Screen>, string[]]>([
    ['nothing watched', { look: null }, {}, ['nothing is watched at this moment']],
    ['healthy', look({ standing: 'healthy', sentence: 'fine' }), {}, ['✔ healthy · fine']],
    ['no data', look({ standing: 'no-data', sentence: 'silent' }), {}, ['▲ no data · silent']],
    ['failing', look({ standing: 'failing', sentence: 'errors' }), ASCII, ['x failing - errors']],
    ['a soak has no weight', look({ weight: null }), {}, ['watching production\n']],
    ['a metric in milliseconds', look({ metrics: [metric] }), {}, ['latency   new 29 ms · old 8.3 ms']],
    [
      'a gauge in its own unit',
      look({ metrics: [{ ...metric, name: 'memory', unit: { gauge: 'MB' }, old: 412 }] }),
      {},
      ['memory    new 29.4 MB · old 412 MB'],
    ],
    ['a metric in French', look({}), FRENCH, ['errors    nouvelle 11,11 % · ancienne 0 %']],
    [
      'no reading is no zero',
      look({ metrics: [{ ...metric, new: null, old: null }] }),
      {},
      ['new no reading · old no reading'],
    ],
    [
      'evidence, on a scale of logarithms',
      look({ compared: { evidence: 10, alarm: 100, metrics: [] } }),
      {},
      ['evidence  ██████████░░░░░░░░░░ 10 of 100, at which it turns back'],
    ],
    [
      'evidence that speaks for it',
      look({ compared: { evidence: 0.042, alarm: 100, metrics: [] } }),
      FRENCH,
      ['indices   ░░░░░░░░░░░░░░░░░░░░ 0,042 sur 100, où il revient en arrière'],
    ],
    [
      'bands of shares',
      look({
        metrics: [{ name: 'errors', unit: 'ratio', new: 0.024, old: 0.003 }],
        compared: {
          evidence: 1,
          alarm: 100,
          metrics: [{ name: 'errors', evidence: 1, new: { low: 0.011, high: 0.042 }, old: null, times: null }],
        },
      }),
      {},
      ['errors    new 2.4 % (1.1 % to 4.2 %) · old 0.3 %\n'],
    ],
    ...(
      [
        [{ is: 'between', low: 2.16, high: 8.81, estimate: 4.449 }, '4.4 times as many (2.1 to 8.9)'],
        [{ is: 'between', low: 2.16, high: null, estimate: 57 }, '57 times as many (over 2.1)'],
        [{ is: 'between', low: null, high: 0.804, estimate: 0 }, '0 times as many (under 0.81)'],
        [{ is: 'between', low: 2, high: null, estimate: null }, 'an unknown number of times as many (over 2)'],
        [{ is: 'moved', estimate: 2 }, 'no longer the same number of times'],
      ] as const
    ).map(([times, text]): [string, Changes, Partial<Screen>, string[]] => [
      `how the shares compare: ${text}`,
      look({ ...ERRORS, compared: timesLook({ ...times, confidence: 0.95 }) }),
      {},
      [`errors    new 2.4 % · old 0.3 % · ${text}\n`],
    ]),
    [
      'how the shares compare, in French and on a small screen',
      look({
        ...ERRORS,
        compared: timesLook({ is: 'between', low: 2.16, high: 8.81, estimate: 4.449, confidence: 0.95 }),
      }),
      { ...FRENCH, width: 40 },
      ['errors    nouvelle 2,4 % · ancienne 0,3\n          % · 4,4 fois autant (2,1 à\n          8,9)\n'],
    ],
    [
      'nothing where neither edge is known',
      look({ ...ERRORS, compared: timesLook({ is: 'between', low: null, high: null, estimate: 3, confidence: 0.95 }) }),
      {},
      ['errors    new 2.4 % · old 0.3 %\n'],
    ],
    ['suspect', look({ standing: 'suspect', sentence: 'worse' }), ASCII, ['! suspect - worse']],
    ['no samples are no zero', look({ samples: null }), {}, ['unknown requests (at least 50 needed)']],
    ['the exposure of the look', look({ exposure: 1_234 }), {}, ['1,234 met the new version']],
    [
      'the exposure of the launch where the look has none',
      { ...look({ exposure: null }), exposure: 7 },
      {},
      ['7 met the new version'],
    ],
    [
      'unknown exposure is no zero',
      { ...look({ exposure: null }), exposure: null },
      {},
      ['how many met the new version is unknown'],
    ],
    ['a hold that is over', look({ elapsed: 9_000 }), {}, ['████████████████████ 0:09 of 0:08']],
    ['a hold of no time', look({ elapsed: 0, hold: 0 }), {}, ['████████████████████ 0:00 of 0:00']],
    ['no bar on a small screen', look({}), { width: 59 }, ['watched   0:04 of 0:08']],
  ])('%s', (_, changes, terminal, parts) => {
    const text = `${health(view(changes), pen(terminal)).join('\n')}\n`;
    for (const part of parts) expect(text).toContain(part);
  });
});

describe('traffic', () => {
  const place = { name: 'production', tier: 'production', splitVerified: true, verified: null } as const;
  const split = (...shares: readonly (readonly [string, number])[]): Changes => ({
    environments: [{ ...place, split: shares.map(([version, weight]) => ({ version, weight })) }],
  });

  test.each<[string, Changes, Partial<Screen>, string[]]>([
    [
      'the new version first',
      split(['1.0.0', 75], ['2.1.0', 25]),
      {},
      ['production  █████░░░░░░░░░░░░░░░  2.1.0 25 % · 1.0.0 75 %'],
    ],
    [
      'the old version alone fills no cell of the new one',
      split(['1.0.0', 100]),
      {},
      ['production  ░░░░░░░░░░░░░░░░░░░░  1.0.0 100 %'],
    ],
    [
      'three versions',
      split(['1.0.0', 40], ['0.9.0', 40], ['2.1.0', 20]),
      ASCII,
      ['production  ####--------========  2.1.0 20 % - 1.0.0 40 % - 0.9.0 40 %'],
    ],
    [
      'half a per cent in French',
      split(['2.1.0', 0.5], ['1.0.0', 99.5]),
      FRENCH,
      ['production  █░░░░░░░░░░░░░░░░░░░  2.1.0 0,5 % · 1.0.0 99,5 %'],
    ],
    ['nothing routed', split(), {}, ['production  nothing routed by this launch']],
    [
      'verified without a route',
      { environments: [{ ...place, split: [], verified: '2.1.0' }] },
      {},
      ['production  nothing routed by this launch · 2.1.0 verified'],
    ],
    [
      'on a small screen',
      split(['2.1.0', 5], ['1.0.0', 95]),
      { width: 30 },
      ['production █░░░░░░░ 2.1.0 5 %', '· 1.0.0 95 %'],
    ],
    ['no environment', { environments: [] }, {}, []],
  ])('%s', (_, changes, terminal, lines) => {
    expect(traffic(view(changes), pen(terminal))).toEqual(lines);
  });
});

describe('phases', () => {
  const step = (changes: Partial<StepView>): StepView => ({
    id: 'smoke',
    kind: 'check',
    title: 'Smoke test',
    state: 'passed',
    since: AT,
    detail: '',
    ...changes,
  });
  const steps = [
    step({}),
    step({ id: 'b', state: 'failed', title: 'Build', detail: 'exit code 1' }),
    step({ id: 'c', state: 'skipped', title: 'Lint' }),
    step({ id: 'd', state: 'waiting', since: null, title: 'Tag' }),
  ];
  const one: Changes = { phases: [{ name: 'gate', state: 'active', steps }] };
  const vote: VoteView = {
    step: 'smoke',
    person: 'ada',
    vote: 'go',
    roles: ['rm', 'tech'],
    reason: 'seen',
    at: AT,
    stands: true,
  };
  const ALL = { done: false, waiting: false, quietSteps: false };

  test.each<[string, Changes, Partial<typeof ALL>, Partial<Screen>, string[]]>([
    [
      'every step',
      one,
      {},
      {},
      [
        '▶ gate · active · 2 of 4 steps done',
        '  ✔ passed   Smoke test',
        '  ✖ failed   Build · exit code 1',
        '  » skipped  Lint',
        '  ○ waiting  Tag',
      ],
    ],
    [
      'what needs a look',
      one,
      { quietSteps: true },
      ASCII,
      [
        '> gate - active - 2 of 4 steps done',
        '  x failed   Build - exit code 1',
        '  ~ skipped  Lint',
        '  ... 2 more steps',
      ],
    ],
    [
      'in French',
      one,
      { quietSteps: true },
      FRENCH,
      [
        '▶ gate · en cours · 2 sur 4 étapes',
        '  ✖ échoué       Build · exit code 1',
        '  » passé outre  Lint',
        '  … encore 2 étapes',
      ],
    ],
    [
      'a phase that is over, folded',
      { phases: [{ name: 'gate', state: 'done', steps }] },
      { done: true },
      {},
      ['✔ gate · done · 2 of 4 steps done'],
    ],
    [
      'a phase to come, folded',
      { phases: [{ name: 'gate', state: 'waiting', steps }] },
      { waiting: true },
      {},
      ['○ gate · waiting · 2 of 4 steps done'],
    ],
    [
      'a failed phase, never folded',
      { phases: [{ name: 'gate', state: 'failed', steps: steps.slice(1, 2) }] },
      { done: true, waiting: true },
      {},
      ['✖ gate · failed · 0 of 1 step done', '  ✖ failed   Build · exit code 1'],
    ],
    [
      'what long work says, and since when',
      {
        ...one,
        phases: [{ name: 'gate', state: 'active', steps: [step({ state: 'active' })] }],
        activity: [
          { step: 'smoke', text: '12 of 40' },
          { step: 'other', text: 'no' },
        ],
      },
      {},
      {},
      ['▶ gate · active · 0 of 1 step done', '  ▶ active   Smoke test (0:09)', '             └ 12 of 40'],
    ],
    [
      'votes once, not in the words of the step as well',
      { phases: [{ name: 'gate', state: 'done', steps: [step({ detail: 'GO by ada' })] }], votes: [vote] },
      {},
      {},
      ['✔ gate · done · 1 of 1 step done', '  ✔ passed   Smoke test', '             └ GO by ada (rm, tech) · seen'],
    ],
    [
      'votes',
      {
        phases: [{ name: 'gate', state: 'active', steps: steps.slice(0, 1) }],
        votes: [vote, { ...vote, vote: 'no-go', stands: false }, { ...vote, step: 'other' }],
      },
      {},
      {},
      [
        '▶ gate · active · 1 of 1 step done',
        '  ✔ passed   Smoke test',
        '             └ GO by ada (rm, tech) · seen',
        '             └ NO-GO by ada (rm, tech) · seen · no longer counts: the facts changed',
      ],
    ],
  ])('%s', (_, changes, folding, terminal, lines) => {
    expect(phases(view(changes), pen(terminal), { ...ALL, ...folding })).toEqual(lines);
  });
});

describe('the way back', () => {
  const items: Changes = {
    wayBack: [
      { step: 'a', text: 'traffic to 1.0.0', state: 'done' },
      { step: 'b', text: 'stop 2.1.0', state: 'failed' },
    ],
  };
  const walked = ['  1. done · traffic to 1.0.0', '  2. failed · stop 2.1.0'];

  test.each<[string, Changes, Partial<Screen>, string[]]>([
    [
      'nothing to take back',
      { wayBack: [] },
      { launchFlag: ' --launch shop-1' },
      ['nothing was changed yet; to call it off:', '  slipway abort --reason "why" --launch shop-1'],
    ],
    [
      'ready',
      {},
      { launchFlag: ' --launch shop-1' },
      [
        '1 move, ready at any time:',
        '  slipway rollback --reason "why" --launch shop-1',
        '  1. planned · all traffic of production to 1.0.0',
      ],
    ],
    [
      'ready while held, in French',
      { state: 'held' },
      FRENCH,
      [
        '1 geste, prêt à tout moment :',
        '  slipway rollback --reason "pourquoi"',
        '  1. prévu · all traffic of production to 1.0.0',
      ],
    ],
    [
      'under way',
      { ...items, state: 'turning-back' },
      ASCII,
      ['runs now; nothing can hold it up', '  1. done - traffic to 1.0.0', '  2. failed - stop 2.1.0'],
    ],
    [
      'incomplete',
      { ...items, state: 'rollback-incomplete' },
      {},
      ['incomplete: a person is needed. Mend the cause, then:', '  slipway retry', ...walked],
    ],
    [
      'walked',
      { ...items, state: 'rolled-back', backAt: AT + 13_600, firstBadAt: AT + 10_000 },
      {},
      [
        'walked and verified',
        ...walked,
        'all traffic was back at 2026-11-24 09:00:13, 0:03 after the first bad answer',
      ],
    ],
    [
      'walked without a bad answer',
      { state: 'scrubbed', wayBack: [], backAt: AT },
      {},
      ['walked and verified', 'all traffic was back at 2026-11-24 09:00:00'],
    ],
    [
      'walked before the bad answer was known',
      { state: 'scrubbed', wayBack: [], backAt: AT, firstBadAt: AT + 1 },
      {},
      ['walked and verified', 'all traffic was back at 2026-11-24 09:00:00'],
    ],
    [
      'no more',
      { ...items, state: 'completed' },
      {},
      ['the launch is complete; to go back, launch the previous version'],
    ],
  ])('%s', (_, changes, terminal, lines) => {
    expect(wayBack(view(changes), pen(terminal), false)).toEqual(lines);
  });

  test('folded, is only the command', () => {
    expect(wayBack(VIEW, pen(), true)).toEqual(['1 move, ready at any time:', '  slipway rollback --reason "why"']);
  });
});
