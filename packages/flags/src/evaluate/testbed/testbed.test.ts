import { describe, expect, it } from 'vitest';
import type { Json } from '../../json.ts';
import { createFlagEvaluator } from '../create-flag-evaluator.ts';
import type { EvaluationContext, Resolution } from '../resolution.ts';
import { TESTBED_FLAGS } from './flag-set.ts';

// The cases of evaluator/gherkin of flagd's testbed, release 3.9.0. Left out:
// - @fractional-v1: the retired hash, which flagd itself no longer has;
// - TYPE_MISMATCH: the type that a caller asks for is not known here; it is the provider that compares it. The flag's value is tested.

const FALLBACK = 'fallback of the caller';
const v2 = createFlagEvaluator(TESTBED_FLAGS, { bucketing: 'v2' });
const v3 = createFlagEvaluator(TESTBED_FLAGS, { bucketing: 'v3' });

const valueOf = (resolution: Resolution): Json => ('value' in resolution ? resolution.value : FALLBACK);
const ask = (flag: string, context: EvaluationContext = {}, evaluator = v2): Resolution =>
  evaluator.evaluate(flag, context, 1_700_000_000);

describe('static values', () => {
  it.each<[string, Json]>([
    ['boolean-flag', true],
    ['string-flag', 'hi'],
    ['integer-flag', 10],
    ['float-flag', 0.5],
    ['object-flag', { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 }],
    ['boolean-zero-flag', false],
    ['string-zero-flag', ''],
    ['integer-zero-flag', 0],
    ['float-zero-flag', 0],
    ['object-zero-flag', {}],
    ['wrong-flag', 'uno'],
  ])('%s', (flag, value) => {
    expect(ask(flag)).toMatchObject({ reason: 'STATIC', value });
  });
});

describe('zero values by targeting', () => {
  it.each<[string, Json]>([
    ['boolean-targeted-zero-flag', false],
    ['string-targeted-zero-flag', ''],
    ['integer-targeted-zero-flag', 0],
    ['float-targeted-zero-flag', 0],
  ])('%s', (flag, value) => {
    expect(ask(flag, { email: 'ballmer@macrosoft.com' })).toMatchObject({ reason: 'TARGETING_MATCH', value });
    expect(ask(flag, { email: 'ballmer@none.com' })).toMatchObject({ reason: 'DEFAULT', value });
  });
});

describe('no value of its own', () => {
  it.each(['boolean', 'string', 'integer', 'float', 'object'])('disabled-%s-flag', (type) => {
    const resolution = ask(`disabled-${type}-flag`);
    expect(resolution.reason).toBe('DISABLED');
    expect(valueOf(resolution)).toBe(FALLBACK);
  });

  it.each<[string, string, string, Json]>([
    ['null-default-flag', '', 'DEFAULT', FALLBACK],
    ['undefined-default-flag', '', 'DEFAULT', FALLBACK],
    ['no-default-flag-null-targeting-variant', 'wozniak@orange.com', 'DEFAULT', FALLBACK],
    ['no-default-flag-null-targeting-variant', 'jobs@orange.com', 'TARGETING_MATCH', 'CEO'],
    ['no-default-flag-undefined-targeting-variant', 'wozniak@orange.com', 'DEFAULT', FALLBACK],
  ])('%s for %j', (flag, email, reason, value) => {
    const resolution = ask(flag, { email });
    expect([resolution.reason, valueOf(resolution)]).toEqual([reason, value]);
  });

  it.each([
    ['missing-flag', 'FLAG_NOT_FOUND'],
    ['ref-to-nonexistent-evaluator-flag', 'PARSE_ERROR'],
  ])('%s', (flag, errorCode) => {
    expect(ask(flag)).toMatchObject({ reason: 'ERROR', errorCode });
  });
});

describe('metadata', () => {
  it('is what the flag says', () => {
    expect(ask('metadata-flag').metadata).toEqual({ string: '1.0.2', integer: 2, float: 0.1, boolean: true });
  });

  it.each(['boolean-flag', 'integer-flag', 'float-flag', 'string-flag'])('%s has none', (flag) => {
    expect(ask(flag).metadata).toEqual({});
  });
});

const ballmer = { email: 'ballmer@macrosoft.com' };
const user = { email: 'user@example.com' };

describe('targeting', () => {
  it.each<[string, EvaluationContext, Json, string?]>([
    ['some-email-targeted-flag', ballmer, 'hi'],
    ['some-other-email-targeted-flag', ballmer, 'yes'],
    ...['compact', 'space-after-colon', 'space-around-colon'].flatMap(
      (form): [string, EvaluationContext, Json, string][] => [
        [`ref-whitespace-${form}-flag`, ballmer, 'hi', 'TARGETING_MATCH'],
        [`ref-whitespace-${form}-flag`, user, 'bye', 'TARGETING_MATCH'],
      ],
    ),
    ['targeting-key-flag', { targetingKey: '5c3d8535-f81a-4478-a6d3-afaa4d51199e' }, 'hit', 'TARGETING_MATCH'],
    ['targeting-key-flag', { targetingKey: 'f20bd32d-703b-48b6-bc8e-79d53c85134a' }, 'miss', 'DEFAULT'],
    ['starts-ends-flag', { id: 'abcdef' }, 'prefix'],
    ['starts-ends-flag', { id: 'uvwxyz' }, 'postfix'],
    ['starts-ends-flag', { id: 'abcxyz' }, 'prefix'],
    ['starts-ends-flag', { id: 'lmnopq' }, 'none'],
    ['starts-with-non-string-flag', { num: 123 }, 'fallback', 'DEFAULT'],
    ['ends-with-non-string-flag', { num: 123 }, 'fallback', 'DEFAULT'],
    ['starts-with-wrong-args-flag', {}, 'fallback', 'DEFAULT'],
    ['ends-with-wrong-args-flag', {}, 'fallback', 'DEFAULT'],
  ])('%s for %j is %j', (flag, context, value, reason) => {
    const resolution = ask(flag, context);
    expect(valueOf(resolution)).toBe(value);
    expect(resolution.reason).toBe(reason ?? resolution.reason);
  });
});

describe('sem_ver', () => {
  it.each<[string, Json, Json, string?]>([
    ['equal-greater-lesser-version-flag', '2.0.0', 'equal'],
    ['equal-greater-lesser-version-flag', '2.1.0', 'greater'],
    ['equal-greater-lesser-version-flag', '1.9.0', 'lesser'],
    ['equal-greater-lesser-version-flag', '2.0.0-alpha', 'lesser'],
    ['equal-greater-lesser-version-flag', '2.0.0.0', 'none'],
    ['major-minor-version-flag', '3.0.1', 'minor'],
    ['major-minor-version-flag', '3.1.0', 'major'],
    ['major-minor-version-flag', '4.0.0', 'none'],
    ['semver-invalid-version-flag', 'not-a-version', 'fallback', 'DEFAULT'],
    ['semver-invalid-operator-flag', '1.0.0', 'fallback', 'DEFAULT'],
    ['semver-wrong-args-flag', '1.0.0', 'fallback', 'DEFAULT'],
    ['semver-v-prefix-flag', '1.0.0', 'match'],
    ['semver-v-prefix-flag', 'v1.0.0', 'match'],
    ['semver-v-prefix-flag', 'V1.0.0', 'match'],
    ['semver-v-prefix-flag', '2.0.0', 'no-match'],
    ['semver-partial-version-flag', '1.5.0', 'match'],
    ['semver-partial-version-flag', '1.0.0', 'match'],
    ['semver-partial-version-flag', '1.0', 'match'],
    ['semver-partial-version-flag', '1', 'match'],
    ['semver-partial-version-flag', 1, 'match'],
    ['semver-partial-version-flag', 1.2, 'match'],
    ['semver-partial-version-flag', '2.0.0', 'no-match'],
    ['semver-numeric-context-flag', 1.2, 'match'],
    ['semver-numeric-context-flag', 1.1, 'no-match'],
    ['semver-numeric-context-flag', 2, 'match'],
    ['semver-numeric-context-flag', 1, 'no-match'],
    ['semver-numeric-context-flag', '1.2', 'match'],
    ['semver-build-metadata-flag', '1.0.0', 'match'],
    ['semver-build-metadata-flag', '1.0.0+other', 'match'],
    ['semver-build-metadata-flag', '2.0.0', 'no-match'],
  ])('%s for %j is %j', (flag, version, value, reason) => {
    const resolution = ask(flag, { version });
    expect(valueOf(resolution)).toBe(value);
    expect(resolution.reason).toBe(reason ?? resolution.reason);
  });
});

const named = (name: string): EvaluationContext => ({ user: { name } });
const keyed = (targetingKey: string, more: EvaluationContext = {}): EvaluationContext => ({ targetingKey, ...more });

describe('fractional, v2', () => {
  it.each<[string, EvaluationContext, Json, string?]>([
    ['fractional-flag', named('jack'), 'hearts'],
    ['fractional-flag', named('queen'), 'spades'],
    ['fractional-flag', named('ten'), 'clubs'],
    ['fractional-flag', named('nine'), 'diamonds'],
    ['fractional-flag', named('3'), 'clubs'],
    ['fractional-flag-shorthand', keyed('jon@company.com'), 'heads'],
    ['fractional-flag-shorthand', keyed('jane@company.com'), 'tails'],
    ['fractional-flag-A-shared-seed', named('seven'), 'hearts'],
    ['fractional-flag-A-shared-seed', named('eight'), 'diamonds'],
    ['fractional-flag-A-shared-seed', named('nine'), 'clubs'],
    ['fractional-flag-A-shared-seed', named('two'), 'spades'],
    ['fractional-flag-B-shared-seed', named('seven'), 'ace-of-hearts'],
    ['fractional-flag-B-shared-seed', named('eight'), 'ace-of-diamonds'],
    ['fractional-flag-B-shared-seed', named('nine'), 'ace-of-clubs'],
    ['fractional-flag-B-shared-seed', named('two'), 'ace-of-spades'],
    ['fractional-single-entry-flag', keyed('some-targeting-key'), 'single'],
    ['fractional-hash-edge-flag', keyed('ejOoVL'), 'lower'],
    ['fractional-hash-edge-flag', keyed('bY9fO-'), 'lower'],
    ['fractional-hash-edge-flag', keyed('SI7p-'), 'lower'],
    ['fractional-hash-edge-flag', keyed('6LvT0'), 'upper'],
    ['fractional-hash-edge-flag', keyed('ceQdGm'), 'upper'],
    ['fractional-nested-if-flag', keyed('jon@company.com', { tier: 'premium' }), 'premium'],
    ['fractional-nested-if-flag', keyed('jon@company.com', { tier: 'basic' }), 'standard'],
    ['fractional-nested-if-flag', keyed('user1', { tier: 'premium' }), 'standard'],
    ['fractional-nested-if-flag', keyed('user1', { tier: 'basic' }), 'standard'],
    ['fractional-nested-var-flag', keyed('jon@company.com', { color: 'red' }), 'red'],
    ['fractional-nested-var-flag', keyed('jon@company.com', { color: 'green' }), 'green'],
    ['fractional-nested-var-flag', keyed('user1', { color: 'red' }), 'blue'],
    // The variant does not exist, or there is none: the caller's value counts, which is "fallback" in the testbed.
    ['fractional-nested-var-flag', keyed('jon@company.com', { color: 'yellow' }), FALLBACK, 'ERROR'],
    ['fractional-nested-var-flag', keyed('jon@company.com', { color: '' }), FALLBACK, 'ERROR'],
    ['fractional-nested-weight-flag', keyed('jon@company.com', { tier: 'premium' }), 'red'],
    ['fractional-nested-weight-flag', keyed('jon@company.com', { tier: 'basic' }), 'blue'],
    ['fractional-nested-weight-flag', keyed('user1', { tier: 'premium' }), 'red'],
    ['fractional-nested-weight-flag', keyed('user1', { tier: 'basic' }), 'blue'],
    ['fractional-as-condition-flag', keyed('some-targeting-key'), 'hundreds'],
    ['fractional-as-condition-false-flag', keyed('some-targeting-key'), 'ones'],
    ['fractional-null-bucket-key-flag', {}, 'fallback', 'DEFAULT'],
    ['fractional-zero-weights-flag', keyed('any-user'), 'fallback', 'DEFAULT'],
    ['fractional-negative-weight-flag', keyed('any-user'), 'two'],
  ])('%s for %j is %j', (flag, context, value, reason) => {
    const resolution = ask(flag, context);
    expect(valueOf(resolution)).toBe(value);
    expect(resolution.reason).toBe(reason ?? resolution.reason);
  });
});

// gherkin/targeting.feature of the same release, @fractional-v3.
describe('fractional, v3', () => {
  it.each<[string, EvaluationContext, Json]>([
    ['fractional-flag', named('jack'), 'diamonds'],
    ['fractional-flag', named('queen'), 'diamonds'],
    ['fractional-flag', named('ten'), 'clubs'],
    ['fractional-flag', named('nine'), 'clubs'],
    ['fractional-flag', named('3'), 'spades'],
    ['fractional-flag-shorthand', keyed('jon@company.com'), 'tails'],
    ['fractional-flag-shorthand', keyed('jane@company.com'), 'tails'],
    ['fractional-flag-A-shared-seed', named('seven'), 'hearts'],
    ['fractional-flag-A-shared-seed', named('eight'), 'hearts'],
    ['fractional-flag-A-shared-seed', named('nine'), 'diamonds'],
    ['fractional-flag-A-shared-seed', named('two'), 'diamonds'],
    ['fractional-flag-B-shared-seed', named('seven'), 'ace-of-hearts'],
    ['fractional-flag-B-shared-seed', named('eight'), 'ace-of-hearts'],
    ['fractional-flag-B-shared-seed', named('nine'), 'ace-of-diamonds'],
    ['fractional-flag-B-shared-seed', named('two'), 'ace-of-diamonds'],
  ])('%s for %j is %j', (flag, context, value) => {
    expect(valueOf(ask(flag, context, v3))).toBe(value);
  });
});
