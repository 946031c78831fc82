import type { FlagChange, FlagEvent, FlagRamp, Origin } from '@slipway/flags';
import { expect, it } from 'vitest';
import { wordsFor } from '../words/words-for.ts';
import { changeText, eventText } from './change-text.ts';

const file: Origin = { kind: 'file', file: 'shop.yaml' };
const definition = { state: 'ENABLED', variants: { on: true, off: false } } as const;
const ramp: FlagRamp = {
  variant: 'on',
  cohort: 'sale',
  audience: [
    { kind: 'rule', name: 'pilots', rule: true },
    { kind: 'share', percent: 2.5, of: null },
  ],
  launch: null,
};
const scheduled = { id: 's1', flag: 'sale', at: 1, change: { kind: 'kill', reason: 'over' } } as const;

it.each<[FlagEvent, string, string]>([
  [
    { type: 'set-created', bucketing: 'v2' },
    'the set was made (bucketing v2)',
    "l'ensemble a été créé (répartition v2)",
  ],
  [
    { type: 'flag-defined', flag: 'sale', definition, origin: file },
    'sale was defined by shop.yaml',
    'sale a été défini par shop.yaml',
  ],
  [
    { type: 'flag-defined', flag: 'sale', definition, origin: { kind: 'server' } },
    'sale was defined',
    'sale a été défini',
  ],
  [{ type: 'flag-removed', flag: 'sale' }, 'sale was removed', 'sale a été supprimé'],
  [
    { type: 'segment-defined', segment: 'b', rule: true, origin: file },
    'segment b was defined by shop.yaml',
    'le segment b a été défini par shop.yaml',
  ],
  [{ type: 'segment-removed', segment: 'b' }, 'segment b was removed', 'le segment b a été supprimé'],
  [
    { type: 'ramp-set', flag: 'sale', ramp },
    'sale ramps: on for group pilots and 2.5 % of everybody',
    "sale s'étend : on pour groupe pilots et 2,5 % de tous",
  ],
  [{ type: 'ramp-ended', flag: 'sale' }, 'the ramp of sale ended', "l'extension de sale est terminée"],
  [
    { type: 'flag-killed', flag: 'sale', reason: 'over', launch: null },
    'sale was killed because: over',
    'sale a été coupé, motif : over',
  ],
  [
    { type: 'flag-killed', flag: 'sale', reason: 'over', launch: 'shop-1' },
    'sale was killed by the way back of launch shop-1 because: over',
    'sale a été coupé par le retour en arrière du lancement shop-1, motif : over',
  ],
  [
    { type: 'flag-unkilled', flag: 'sale', reason: 'mended' },
    'the kill of sale was lifted because: mended',
    'sale a été rétabli, motif : mended',
  ],
  [
    { type: 'change-scheduled', scheduled },
    'scheduled as s1: kill sale because: over',
    'prévu sous s1 : couper sale, motif : over',
  ],
  [{ type: 'schedule-done', id: 's1' }, 's1 was due and is done', 's1 était dû et est fait'],
  [{ type: 'schedule-cancelled', id: 's1', reason: 'no' }, 's1 was called off: no', 's1 a été annulé : no'],
  [
    { type: 'change-proposed', id: 'p1', change: { kind: 'end-ramp', flag: 'sale' }, reason: 'done' },
    'proposed as p1: end the ramp of sale (done)',
    "proposé sous p1 : terminer l'extension de sale (done)",
  ],
  [{ type: 'proposal-approved', id: 'p1' }, 'p1 was approved', 'p1 a été approuvé'],
  [{ type: 'proposal-rejected', id: 'p1', reason: 'no' }, 'p1 was rejected: no', 'p1 a été refusé : no'],
  [
    { type: 'policy-set', policy: { approvals: 1, channels: {}, language: 'en' } },
    'policy: four eyes; kills are told to nobody',
    'règles : quatre yeux ; les coupures sont dites à personne',
  ],
])('%j in words', (event, english, french) => {
  expect([eventText(event, wordsFor('en').flags), eventText(event, wordsFor('fr').flags)]).toEqual([english, french]);
});

it.each<[FlagChange, string]>([
  [{ kind: 'apply', origin: file, flags: { sale: definition }, segments: {} }, 'apply shop.yaml (flags in it: 1)'],
  [{ kind: 'define', flag: 'sale', definition }, 'define sale'],
  [{ kind: 'remove', flag: 'sale' }, 'remove sale'],
  [{ kind: 'define-segment', segment: 'b', rule: true }, 'define segment b'],
  [{ kind: 'remove-segment', segment: 'b' }, 'remove segment b'],
  [{ kind: 'ramp', flag: 'sale', ramp }, 'ramp sale: on for group pilots and 2.5 % of everybody'],
  [{ kind: 'unkill', flag: 'sale', reason: 'mended' }, 'lift the kill of sale because: mended'],
  [
    { kind: 'schedule', scheduled: [scheduled, { ...scheduled, id: 's2', change: { kind: 'define', definition } }] },
    'schedule: kill sale because: over; define sale',
  ],
])('%j in words', (change, english) => {
  expect(changeText(change, wordsFor('en').flags)).toBe(english);
});
