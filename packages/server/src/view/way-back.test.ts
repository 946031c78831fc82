import type { EffectWork, LaunchEvent, UndoItem } from '@slipway/core';
import { describe, expect, test } from 'vitest';
import {
  begun,
  CANARY,
  done,
  ended,
  FAILED,
  failed,
  held,
  planned,
  rollingOut,
  turningBack,
  undo,
} from './testing/events.ts';
import { darkAfter, launchAfter } from './testing/launches.ts';
import { wayBackOf } from './way-back.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const step = 'rollout-production';
const environment = 'production';
const judged = turningBack({ kind: 'verdict', step, verdict: FAILED });
const undone = (...items: readonly UndoItem[]): readonly LaunchEvent[] => [judged, planned(items)];
const confirm: EffectWork = { kind: 'confirm-back', environment, version: '1.0.0' };

describe('a move of the way back', () => {
  const command = { argv: ['git', 'tag', '--delete', 'v{{ artifact.version }}'], directory: '.', env: {}, timeout: 1 };
  test.each<[EffectWork, string, string]>([
    [
      { kind: 'restore', environment, version: '1.0.0' },
      'bring 1.0.0 back in production',
      'remettre 1.0.0 dans production',
    ],
    [
      { kind: 'shift', environment, weights: { '1.0.0': 100 } },
      'all traffic of production to 1.0.0',
      'tout le trafic de production vers 1.0.0',
    ],
    [
      { kind: 'shift', environment, weights: {} },
      'route no traffic in production',
      'plus aucun trafic dans production',
    ],
    [
      { kind: 'stop', environment, version: '2.1.0' },
      'drain and stop 2.1.0 in production',
      'vider puis arrêter 2.1.0 dans production',
    ],
    [confirm, 'verify that 1.0.0 serves production', 'vérifier que 1.0.0 sert production'],
    [{ ...confirm, version: null }, 'verify that nothing serves production', 'vérifier que rien ne sert production'],
    [
      { kind: 'command', command, verify: null, idempotent: false },
      'run git tag --delete v2.1.0',
      'lancer git tag --delete v2.1.0',
    ],
  ])('%j', (work, english, french) => {
    const launch = launchAfter(...undone(undo(step, work)));
    expect(wayBackOf(launch, en)).toEqual([{ step, text: english, state: 'planned' }]);
    expect(wayBackOf(launch, fr)).toEqual([{ step, text: french, state: 'planned' }]);
  });

  test('of a dark launch ends the copies: no traffic was ever away', () => {
    const shift: EffectWork = { kind: 'shift', environment, weights: { '1.0.0': 100 } };
    const launch = darkAfter(...undone(undo(step, shift)));
    expect(wayBackOf(launch, en)[0]?.text).toBe('end the copies in production; all traffic stays on 1.0.0');
    expect(wayBackOf(launch, fr)[0]?.text).toBe('plus de copies dans production ; tout le trafic reste sur 1.0.0');
  });

  test('that its plan declares impossible says why', () => {
    const mail: UndoItem = { step: 'mail-the-customers', undo: { kind: 'none', because: 'a mail cannot be unsent' } };
    const launch = launchAfter(...undone(mail));
    expect(wayBackOf(launch, en)[0]).toMatchObject({ text: 'no way back: a mail cannot be unsent', state: 'none' });
    expect(wayBackOf(launch, fr)[0]).toMatchObject({ text: 'pas de retour : a mail cannot be unsent', state: 'none' });
  });
});

describe('how far a move of the way back is', () => {
  test.each<[string, readonly LaunchEvent[]]>([
    ['planned', []],
    ['running', [begun('~undo:0.0')]],
    ['running', ended('~undo:0.0', failed('no answer', true))],
    ['done', ended('~undo:0.0', done())],
    ['failed', ended('~undo:0.0', failed('exit 1'))],
    ['failed', ended('~undo:0.0', { result: 'cancelled' })],
    ['unknown', ended('~undo:0.0', { result: 'unknown', reason: 'died' })],
  ])('%s after %j', (state, after) => {
    const [item] = wayBackOf(launchAfter(...undone(undo(step, confirm)), ...after), en);
    expect(item?.state).toBe(state);
  });
});

describe('the way back', () => {
  const texts = (...after: readonly LaunchEvent[]): readonly string[] =>
    wayBackOf(launchAfter(...after), en).map(({ text, state }) => `${state}: ${text}`);
  const canary = [
    'planned: all traffic of production to 1.0.0',
    'planned: drain and stop 2.1.0 in production',
    'planned: verify that 1.0.0 serves production',
  ];
  const incomplete: LaunchEvent = { type: 'launch-ended', as: 'rollback-incomplete' };
  const left: UndoItem = { step: 'mail-the-customers', undo: { kind: 'none', because: 'sent' } };

  test.each<[string, readonly LaunchEvent[], readonly string[]]>([
    ['of a launch that changed nothing is empty', [], []],
    ['of a running launch is what would be done now', CANARY, canary],
    ['of a held launch too', [...CANARY, held({ kind: 'person', reason: 'lunch' })], canary],
    ['of a launch that stops what is in flight too', [...CANARY, judged], canary],
    ['goes on without traffic where none was moved', [...rollingOut(2), begun(`${step}:2.0`, step)], canary.slice(1)],
    [
      'is kept where it stays incomplete',
      [...undone(undo(step, confirm)), ...ended('~undo:0.0', failed('exit 1')), incomplete],
      ['failed: verify that 1.0.0 serves production'],
    ],
    [
      'is done when it ended, but for what has none',
      [...undone(undo(step, confirm), left), { type: 'launch-ended', as: 'rolled-back' }],
      ['done: verify that 1.0.0 serves production', 'none: no way back: sent'],
    ],
    [
      'of a launch that was called off before it changed anything is empty',
      [judged, planned([]), { type: 'launch-ended', as: 'scrubbed' }],
      [],
    ],
    ['of a launch that is completed is over', [...CANARY, { type: 'launch-ended', as: 'completed' }], []],
  ])('%s', (_, after, expected) => {
    expect(texts(...after)).toEqual(expected);
  });
});
