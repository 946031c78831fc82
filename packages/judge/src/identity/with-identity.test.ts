import { expect, test } from 'vitest';
import type { Final, Judgement, JudgeInput } from '../judge.ts';
import type { IdentityFound } from './identity-found.ts';
import { withIdentity } from './with-identity.ts';

const CONFIRMED: IdentityFound = { is: 'confirmed', instances: 3 };
const OTHER: IdentityFound = { is: 'other', instance: '2', said: '2.1.0' };
const SILENT: IdentityFound = { is: 'unknown', why: { reason: 'silent', instance: '2' } };
const ASKING: IdentityFound = { is: 'unknown', why: { reason: 'asking' } };

const WELL = { sentence: 'all is well', sentences: { en: 'all is well', fr: 'tout va bien' } };
const HEALTHY: Judgement = { standing: 'healthy', final: null, culprit: null, ...WELL, findings: [] };
const PASS: Judgement = { ...HEALTHY, final: 'pass' };
const FAIL: Judgement = { ...HEALTHY, standing: 'failing', final: 'fail', culprit: 'errors' };
const SUSPECT: Judgement = { ...HEALTHY, standing: 'suspect', culprit: 'errors' };
const EARLY: Judgement = { ...HEALTHY, standing: 'too-early', final: 'insufficient-data' };

/** After so many milliseconds of a hold of 100. */
const at = (elapsed: number): JudgeInput => ({
  conditions: [],
  window: {},
  versions: { new: '2.2.0', old: '2.1.0' },
  minSamples: 0,
  samples: null,
  elapsed,
  hold: 100,
  silentFor: 0,
  silence: 100,
});

interface Case {
  readonly opinion: Judgement;
  readonly found: IdentityFound;
  readonly isOpen?: boolean;
  readonly elapsed?: number;
}

test.each<[string, Case, Judgement['standing'], Final | null]>([
  ['confirmed passes', { opinion: PASS, found: CONFIRMED }, 'healthy', 'pass'],
  [
    'confirmed, and asked right now, does not pass yet',
    { opinion: PASS, found: CONFIRMED, isOpen: true },
    'healthy',
    null,
  ],
  [
    'another version ends a healthy watch',
    { opinion: HEALTHY, found: OTHER, elapsed: 1 },
    'no-data',
    'telemetry-broken',
  ],
  ['another version ends a suspect one', { opinion: SUSPECT, found: OTHER, elapsed: 1 }, 'no-data', 'telemetry-broken'],
  ['another version is no failure taken back', { opinion: FAIL, found: OTHER }, 'failing', 'fail'],
  ['another version is said, though requests are few', { opinion: EARLY, found: OTHER }, 'no-data', 'telemetry-broken'],
  ['unknown goes on during the hold', { opinion: HEALTHY, found: SILENT, elapsed: 99 }, 'no-data', null],
  ['unknown does not pass early', { opinion: PASS, found: SILENT, elapsed: 99 }, 'no-data', null],
  ['unknown at the end is no pass', { opinion: PASS, found: SILENT }, 'no-data', 'telemetry-broken'],
  ['unknown at the end is asked once more', { opinion: PASS, found: SILENT, isOpen: true }, 'no-data', null],
  ['unknown fails as ever', { opinion: FAIL, found: SILENT }, 'failing', 'fail'],
  ['unknown hides no suspicion', { opinion: SUSPECT, found: SILENT }, 'suspect', null],
  ['not answered yet is too early', { opinion: PASS, found: ASKING, isOpen: true }, 'too-early', null],
])('%s', (_, { opinion, found, isOpen = false, elapsed = 100 }, standing, final) => {
  expect(withIdentity(opinion, { found, isOpen }, at(elapsed))).toMatchObject({ standing, final });
});

test('it says why in both languages, and names no culprit', () => {
  const { sentence, sentences, culprit } = withIdentity(SUSPECT, { found: OTHER, isOpen: false }, at(1));
  expect(sentence).toBe('instance 2 of 2.2.0 answers as 2.1.0: what is measured is not the new version');
  expect(sentences?.fr).toBe(
    "l'instance 2 de 2.2.0 répond en tant que 2.1.0 : ce qui est mesuré n'est pas la nouvelle version",
  );
  expect(culprit).toBeNull();
});
