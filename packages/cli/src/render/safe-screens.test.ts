import type { LaunchView, PlanReport } from '@slipway/contract';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Language } from '../terminal/capabilities.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { spoil } from '../testing/hostile.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { renderLaunch } from './render-launch.ts';
import { renderPlan } from './render-plan.ts';
import type { Screen } from './screen.ts';

/** Everything that a view can hold at once, in every state. */
const FULL: LaunchView = {
  ...VIEW,
  causes: ['a person held it'],
  activity: [
    { step: null, text: 'waits for the lock' },
    { step: 'rollout', text: 'starts 3 instances' },
  ],
  waitingFor: [
    {
      step: 'go',
      who: 'release-manager',
      what: 'GO or NO-GO',
      how: 'slipway approve go',
      basis: { seq: 1, digest: 'ab' },
    },
    { step: null, who: 'anyone', what: 'go on', how: '', basis: null },
  ],
  votes: [
    { step: 'rollout', person: 'ada', vote: 'no-go', roles: ['tech-lead'], reason: 'not yet', at: AT, stands: false },
  ],
  wayBack: (['planned', 'running', 'done', 'failed', 'unknown', 'none'] as const).map((state) => ({
    step: 'rollout',
    text: 'all traffic to 1.0.0',
    state,
  })),
  firstBadAt: AT,
  backAt: AT + 3_600,
};
const STATES = [
  'running',
  'held',
  'turning-back',
  'rollback-incomplete',
  'completed',
  'scrubbed',
  'rolled-back',
] as const;

/** Each screen, as lines; that of a launch holds every part that there is. */
const PARTS: readonly (readonly [string, (view: LaunchView, report: PlanReport, screen: Screen) => string[]])[] = [
  ['launch', (view, _, terminal) => renderLaunch(view, terminal)],
  ['plan', (_, report, terminal) => renderPlan(report, terminal)],
];

const TERMINALS: readonly (readonly [string, Partial<Screen>])[] = [
  ['plain', {}],
  ['with colours, connection lost', { color: true, lost: AT }],
  ['ASCII', { unicode: false }],
];

const CASES = PARTS.flatMap(([name, part]) =>
  TERMINALS.flatMap(([terminal, changes]) =>
    (['en', 'fr'] as const).map((language: Language) => ({ name, part, terminal, changes, language })),
  ),
);

// oxlint-disable-next-line no-control-regex
const OWN_COLOURS = /\u001B\[[0-9;]*m/g;
const STEERS = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const SPOILT = { view: spoil(FULL), report: spoil(REPORT) };

describe.each(CASES)('the $name in $language on a terminal $terminal', ({ part, changes, language }) => {
  const messages = messagesFor(language);
  const lines = (width: number, launch: LaunchView, report: PlanReport): string[] =>
    STATES.flatMap((state) => part({ ...launch, state }, report, screen({ ...changes, messages, width })));

  test.each([40, 80, 120])('keeps to %d columns', (width) => {
    const wide = [...lines(width, FULL, REPORT), ...lines(width, SPOILT.view, SPOILT.report)];
    expect(wide.filter((line) => stringWidth(line) > width)).toEqual([]);
    expect(wide.length).toBeGreaterThan(STATES.length);
  });

  test('shows nothing that steers the terminal, whatever a text holds', () => {
    const spoilt = lines(80, SPOILT.view, SPOILT.report).map((line) => line.replaceAll(OWN_COLOURS, ''));
    expect(spoilt.filter((line) => STEERS.test(line))).toEqual([]);
  });

  test('uses the letters and the colours that the terminal knows, and no others', () => {
    const text = lines(80, FULL, REPORT).join('');
    expect(/^[ -~]*$/.test(text.replaceAll(OWN_COLOURS, ''))).toBe(changes.unicode === false);
    expect(text.includes('\u001B')).toBe(changes.color === true);
  });
});
