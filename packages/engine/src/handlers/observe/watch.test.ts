import type { ObserveWork } from '@slipway/core';
import { expect, test } from 'vitest';
import { observeWith, ratio, sampleOf } from '../../testing/observing.ts';

const ERRORS = { metric: 'errors', unit: 'ratio', better: 'lower', times: 1.1, plus: 0.001 } as const;
const WORK: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 300,
  judging: {
    conditions: [],
    comparing: {
      metrics: [{ ...ERRORS, limit: null, weight: 1, dispersion: 1, skew: 0 }],
      falseAlarms: 0.01,
      wrongPromotions: null,
      warmUp: 0,
    },
    minSamples: 10,
    every: 5,
    silence: 200,
  },
  mode: 'decide',
};

test('what is wanting is said in both languages, where metrics are compared as well', async () => {
  const { verdict } = await observeWith({
    work: WORK,
    source: (reading) => sampleOf(ratio(0, Math.min(reading, 4))),
  });
  expect(verdict.sentences).toEqual({
    en: 'not enough to judge on: 2.0.0 answered 4 of the 10 needed for errors',
    fr: 'pas assez pour juger : 2.0.0 a répondu à 4 requêtes sur les 10 nécessaires pour errors',
  });
});
