import { describe, expect, it } from 'vitest';
import type { JudgeInput } from './judge.ts';
import { plainComparison } from './plain-comparison.ts';
import {
  bucketHolding,
  condition,
  FAST,
  FEW_ERRORS,
  gauge,
  input,
  latency,
  LEAN,
  MISSING,
  NOT_WORSE,
  ratio,
} from './testing/inputs.ts';

const OVER = { elapsed: 60_000 };
const checkout = condition('checkout-errors.new < 0.01', { 'checkout-errors': 'new' }, () => false);
const either = condition('errors.new < 0.01 && latency.new < 300.0', { errors: 'new', latency: 'new' }, () => false);
const quick = latency({ [bucketHolding(100)]: 400 }, 0.99);
const sluggish = latency({ [bucketHolding(1200)]: 400 }, 0.99);

const OWN_WORDS = {
  kind: 'missing',
  reason: 'the counters began again',
  reasons: { en: 'the counters began again', fr: 'les compteurs ont recommencé' },
} as const;

const cases: readonly [string, JudgeInput][] = [
  [
    'checkout-errors: 31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests',
    input({ 'checkout-errors': { new: ratio(19, 62), old: ratio(2, 1000) } }, { conditions: [checkout] }),
  ],
  [
    'errors: 31 % on 2.1.0 after 62 requests (asked: errors.new < 0.01)',
    input({ errors: { new: ratio(19, 62), old: MISSING } }, { versions: { new: '2.1.0', old: null } }),
  ],
  [
    'latency p99: 1.22 s on 2.1.0 against 101 ms on 1.0.0 after 400 requests',
    input({ latency: { new: sluggish, old: quick } }, { conditions: [FAST] }),
  ],
  [
    'errors: 0 % on 2.1.0 against 0.1 % on 1.0.0 after 1,234 requests; latency p99: 1.22 s on 2.1.0 after 400 requests',
    input(
      { errors: { new: ratio(0, 1234), old: ratio(1, 1000) }, latency: { new: sluggish, old: MISSING } },
      { conditions: [either] },
    ),
  ],
  [
    'every condition holds: errors 0.13 % on 2.1.0 against 0.1 % on 1.0.0 after 800 requests, latency p99 101 ms on 2.1.0 after 400 requests',
    input(
      { errors: { new: ratio(1, 800), old: ratio(1, 1000) }, latency: { new: quick, old: MISSING } },
      { ...OVER, conditions: [FEW_ERRORS, NOT_WORSE, FAST] },
    ),
  ],
  [
    'not enough to judge on: 2.1.0 answered 12 of the 50 needed for errors',
    input({ errors: { new: ratio(0, 12), old: MISSING } }),
  ],
  [
    'not enough to judge on: 2.1.0 answered 0 of the 50 needed for errors',
    input({ errors: { new: ratio(0, 0), old: MISSING } }),
  ],
  [
    'not enough to judge on: 1.0.0 answered no request, so errors cannot be compared',
    input({ errors: { new: ratio(0, 80), old: ratio(0, 0) } }, { conditions: [NOT_WORSE] }),
  ],
  ['no reading: errors on 2.1.0: the source did not answer', input({ errors: { new: MISSING, old: ratio(0, 10) } })],
  [
    'no reading: errors on 1.0.0: the source did not answer',
    input({ errors: { new: ratio(0, 80), old: MISSING } }, { conditions: [NOT_WORSE] }),
  ],
  [
    'no usable reading for 31 s; the limit is 30 s (errors on 2.1.0: the source did not answer)',
    input({ errors: { new: MISSING, old: MISSING } }, { silentFor: 31_000 }),
  ],
  [
    'no usable reading for 31 s; the limit is 30 s',
    input({ errors: { new: ratio(0, 80), old: MISSING } }, { silentFor: 31_000 }),
  ],
  [
    'memory: 734,000,000 on 2.1.0 against 412,000,000 on 1.0.0',
    input({ memory: { new: gauge(734_003_200), old: gauge(412_000_000) } }, { conditions: [LEAN] }),
  ],
  [
    'not enough to judge on: nobody knows whether 2.1.0 answered the 50 requests needed: gauges count none',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN] }),
  ],
  [
    'not enough to judge on: 2.1.0 answered 1,234 of the 5,000 needed',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN], samples: 1234, minSamples: 5000 }),
  ],
  [
    'every condition holds: memory 0.25 on 2.1.0 against 0.2 on 1.0.0; nobody knows how many requests 2.1.0 answered',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN], minSamples: 0 }),
  ],
  [
    'no reading: memory on 2.1.0: its value is no finite number',
    input({ memory: { new: gauge(Number.NaN), old: gauge(0.2) } }, { conditions: [LEAN] }),
  ],
  ['nothing is judged: the plan sets no condition for 2.1.0', input({}, { conditions: [] })],
];

describe('the sentence', () => {
  it.each(cases)('%s', (sentence, given) => {
    expect(plainComparison(given).sentence).toBe(sentence);
  });
});

const french: readonly [string, JudgeInput][] = [
  [
    'errors : 31 % sur 2.1.0 après 62 requêtes (demandé : errors.new < 0.01)',
    input({ errors: { new: ratio(19, 62), old: MISSING } }, { versions: { new: '2.1.0', old: null } }),
  ],
  [
    'errors : 0 % sur 2.1.0 contre 0,1 % sur 1.0.0 après 800 requêtes ; latency p99 : 1,22 s sur 2.1.0 après 400 requêtes',
    input(
      { errors: { new: ratio(0, 800), old: ratio(1, 1000) }, latency: { new: sluggish, old: MISSING } },
      { conditions: [either] },
    ),
  ],
  [
    'toutes les conditions tiennent : memory 0,25 sur 2.1.0 contre 0,2 sur 1.0.0 ; nul ne sait à combien de requêtes 2.1.0 a répondu',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN], minSamples: 0 }),
  ],
  [
    'pas assez pour juger : 2.1.0 a répondu à 12 requêtes sur les 50 nécessaires pour errors',
    input({ errors: { new: ratio(0, 12), old: MISSING } }),
  ],
  [
    'pas assez pour juger : 2.1.0 a répondu à 1 requête sur les 50 nécessaires',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN], samples: 1 }),
  ],
  [
    "pas assez pour juger : nul ne sait si 2.1.0 a répondu aux 50 requêtes nécessaires : les jauges n'en comptent aucune",
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN] }),
  ],
  [
    "pas assez pour juger : 1.0.0 n'a répondu à aucune requête : errors ne peut être comparé",
    input({ errors: { new: ratio(0, 80), old: ratio(0, 0) } }, { conditions: [NOT_WORSE] }),
  ],
  [
    "aucune mesure : errors sur l'ancienne version : the source did not answer",
    input(
      { errors: { new: ratio(0, 80), old: MISSING } },
      { conditions: [NOT_WORSE], versions: { new: '2.1.0', old: null } },
    ),
  ],
  ["aucune mesure : errors sur 2.1.0 : elle n'a pas été lue", input({})],
  [
    'aucune mesure : errors sur 2.1.0 : les compteurs ont recommencé',
    input({ errors: { new: OWN_WORDS, old: MISSING } }),
  ],
  [
    "aucune mesure : memory sur 2.1.0 : sa valeur n'est pas un nombre fini",
    input({ memory: { new: gauge(Number.NaN), old: gauge(0.2) } }, { conditions: [LEAN] }),
  ],
  [
    'aucune mesure : errors sur 2.1.0 : ses comptes se contredisent',
    input({ errors: { new: ratio(9, 4), old: MISSING } }),
  ],
  [
    'aucune mesure utilisable depuis 31 s ; la limite est de 30 s (errors sur 2.1.0 : the source did not answer)',
    input({ errors: { new: MISSING, old: MISSING } }, { silentFor: 31_000 }),
  ],
  ["rien n'est jugé : le plan ne pose aucune condition pour 2.1.0", input({}, { conditions: [] })],
];

describe('the sentence in French', () => {
  it.each(french)('%s', (sentence, given) => {
    const { sentences, sentence: english } = plainComparison(given);
    expect(sentences.fr).toBe(sentence);
    expect(sentences.en).toBe(english);
  });
});
