import type { FlagRecord } from '@slipway/flags';
import { expect, it } from 'vitest';
import { wordsFor } from '../words/words-for.ts';
import { flagSentence } from './flag-sentence.ts';
import { nextStepOf } from './next-step.ts';
import { staleFlagOf } from './stale-flag.ts';

const FLAG: FlagRecord = {
  key: 'sale',
  definition: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
  about: { type: 'release', owner: 'team', purpose: 'sale', expires: '2027-01-31', off: 'off', requires: [] },
  origin: { kind: 'file', file: 'flags/shop.yaml' },
  ramp: null,
  kill: null,
  revision: 1,
  changedAt: 0,
  createdAt: 0,
};
const { definition, about } = FLAG;
const ON = { definition: { ...definition, defaultVariant: 'on' } };
const SERVER = { origin: { kind: 'server' } } as const;
const ramp = (percent: number, launch: string | null = null) => ({
  ramp: {
    variant: 'on',
    cohort: 'sale',
    audience: [{ kind: 'share', percent, of: null }],
    launch: launch === null ? null : { id: launch, step: 'roll' },
  } as const,
});
const KILLED = { kill: { reason: 'bad', launch: null, by: 'ada', at: 0 } };

it.each<[string, Partial<FlagRecord>, string | null]>([
  ['off for everybody', {}, null],
  ['half way', ramp(50), null],
  [
    'ramped to everybody',
    ramp(100),
    'make on the defaultVariant, without targeting, in flags/shop.yaml and apply that: it ends the ramp. Then take the flag out of the code, then out of flags/shop.yaml',
  ],
  [
    'ramped by a launch',
    ramp(100, 'shop-1'),
    'when launch shop-1 has ended: make on the defaultVariant, without targeting, in flags/shop.yaml and apply that: it ends the ramp. Then take the flag out of the code, then out of flags/shop.yaml',
  ],
  [
    "ramped to everybody, the server's",
    { ...ramp(100), ...SERVER },
    'make on the defaultVariant, without targeting, and define it anew with slipway flags define: it ends the ramp. Then take the flag out of the code, then out of the server with slipway flags remove',
  ],
  [
    'on by its definition',
    ON,
    'on is for everybody by its definition: take the flag out of the code, then out of flags/shop.yaml, and apply that',
  ],
  [
    "on by its definition, the server's",
    { ...ON, ...SERVER },
    'on is for everybody by its definition: take the flag out of the code, then out of the server with slipway flags remove',
  ],
  ['on by rules', { definition: { ...ON.definition, targeting: { if: [true, 'on'] } } }, null],
  ['on where another is', { ...ON, about: { ...about, requires: [{ flag: 'a', variant: 'on' }] } }, null],
  ['there to stay', { ...ON, about: { ...about, type: 'ops' } }, null],
  ['killed', { ...ramp(100), ...KILLED }, null],
  ['disabled', { definition: { ...ON.definition, state: 'DISABLED' } }, null],
])('what to do next with a flag that is %s', (_, changes, expected) => {
  expect(nextStepOf({ ...FLAG, ...changes }, wordsFor('en').flags)).toBe(expected);
});

it.each([
  ['en', 'on for everybody; by launch shop-1 step roll'],
  ['fr', 'on pour tous; par le lancement shop-1, étape roll'],
] as const)('a ramp at its end leaves no others (%s)', (language, expected) => {
  expect(flagSentence({ ...FLAG, ...ramp(100, 'shop-1') }, wordsFor(language).flags)).toBe(expected);
});

it('a stale flag comes with what to do', () => {
  const flag = { ...FLAG, ...ramp(100) };
  const stale = { key: 'sale', owner: 'team', reason: 'settled', days: 20, variant: 'on', expires: 'x' } as const;
  const words = wordsFor('fr').flags;
  const found = staleFlagOf(stale, { flags: new Map([['sale', flag]]) }, words);
  expect(found.next).toBe(nextStepOf(flag, words));
  expect(found.next).toContain('faites de on la defaultVariant, sans targeting, dans flags/shop.yaml');
  expect(staleFlagOf(stale, { flags: new Map() }, words).next).toBeNull();
});
