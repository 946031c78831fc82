import type { Json, ObserveWork } from '@slipway/core';
import { Analysis, DEFAULT_DESIGN, type LookBasis } from '@slipway/judge';
import type { ShardCount } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import {
  type InstanceSource,
  OBSERVED_PLAN,
  observeWith,
  ratio,
  sampleOf,
  type Source,
} from '../../testing/observing.ts';
import { startedLaunch } from '../../testing/sample-launch.ts';
import { analysisRules } from './analysis-rules.ts';

const rules = { times: 1, plus: 0, better: 'lower', limit: null, weight: 1, dispersion: 1, skew: 0 } as const;

const work = (compare: 'instances' | 'requests' = 'instances'): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 600,
  judging: {
    conditions: [],
    comparing: {
      metrics: [{ metric: 'errors', unit: 'ratio', ...rules, ...(compare === 'instances' ? { compare } : {}) }],
      falseAlarms: 0.01,
      wrongPromotions: null,
      warmUp: 0,
    },
    minSamples: 10,
    every: 5,
    silence: 200,
  },
  mode: 'decide',
});

const [NEW, OLD, EACH] = [3, 20, 10];

/** Each instance answers ten requests a look; what of them was bad so far says `bad`. */
const instancesOf =
  (
    bad: (looks: number, instance: number, isNew: boolean) => number,
    numbers = { new: NEW, old: OLD },
  ): InstanceSource =>
  (looks, version) => {
    const isNew = version === '2.0.0';
    const count = isNew ? numbers.new : numbers.old;
    return Array.from({ length: count }, (_, instance): ShardCount => ({
      name: `${version}/${instance}`,
      total: looks * EACH,
      bad: bad(looks, instance, isNew),
    }));
  };

/** The same counts in all. */
const totalsOf =
  (instances: InstanceSource): Source =>
  (looks) => {
    const of = (version: string) => {
      const all = instances(looks, version);
      const sum = (key: 'bad' | 'total') => all.reduce((total, shard) => total + shard[key], 0);
      return ratio(sum('bad'), sum('total'));
    };
    return sampleOf(of('2.0.0'), { old: of('1.0.0') });
  };

const observe = (instances: InstanceSource, compare: 'instances' | 'requests' = 'instances', note: Json = null) =>
  observeWith({ work: work(compare), source: totalsOf(instances), instances, note });

/** Each instance stands still for a look in every thirty, one after the other; of the new ones two within the first looks. */
const pausing = instancesOf((looks, instance, isNew) => {
  const first = isNew && instance < 2 ? 2 + instance : 5 + ((instance * 7) % 25);
  return EACH * (looks <= first ? 0 : 1 + Math.floor((looks - first - 1) / 30));
});

describe('instances that are compared with instances', () => {
  it('turn back a version whose instances all fail', async () => {
    const failing = instancesOf((looks, instance, isNew) => (isNew ? looks : Math.floor(looks / 20 + instance / 20)));
    const { verdict } = await observe(failing);
    expect(verdict).toMatchObject({ decision: 'fail', culprit: 'errors' });
    expect(verdict.sentence).toMatch(/^errors: 10 % on 2\.0\.0 against/);
  });

  it('count a pause of one of them as one event, where requests would count as many', async () => {
    expect((await observe(pausing, 'requests')).verdict.decision).toBe('fail');
    expect((await observe(pausing)).verdict.decision).toBe('pass');
  });

  it('pass nobody where they are too few for anything to be found', async () => {
    const few = instancesOf(() => 0, { new: 2, old: 3 });
    const { verdict } = await observe(few);
    expect(verdict.decision).toBe('insufficient-data');
    expect(verdict.sentences?.en).toMatch(/^errors cannot be compared .*: 2 of 2\.0\.0 and 3 of 1\.0\.0 are too few/);
    expect(verdict.sentences?.fr).toMatch(/^errors ne peut être comparé .* : 2 de 2\.0\.0 et 3 de 1\.0\.0/);
  });

  it('pass nobody where the source does not tell them apart', async () => {
    const { verdict } = await observeWith({ work: work(), source: totalsOf(pausing) });
    expect(verdict.decision).toBe('telemetry-broken');
    expect(verdict.sentence).toMatch(/^errors cannot be compared: there is no reading of both versions/);
  });

  it('pass nobody where there are more of them than are looked at', async () => {
    const many = instancesOf(() => 0, { new: 100, old: 201 });
    expect((await observe(many)).verdict.decision).toBe('telemetry-broken');
    const most = instancesOf(() => 0, { new: 10, old: 290 });
    expect((await observe(most)).verdict.decision).toBe('pass');
  });

  it('are told of as broken where the source fails on them alone', async () => {
    const { verdict } = await observeWith({
      work: work(),
      source: totalsOf(pausing),
      instances: () => {
        throw new Error('gone');
      },
    });
    expect(verdict.decision).toBe('telemetry-broken');
    // The errors themselves were read.
    expect(verdict.findings).toMatchObject([{ condition: 'errors', holds: 'yes' }]);
  });

  it('are in the record, from which the verdict comes again to the last digit, over a death as well', async () => {
    const failing = instancesOf((looks, _, isNew) => (isNew ? Math.floor(looks / 4) : Math.floor(looks / 20)));
    let stored: Json = null;
    const { records, verdict } = await observeWith({
      work: work(),
      source: totalsOf(failing),
      instances: failing,
      onNote: (note) => {
        stored = note;
        return true;
      },
    });
    expect(verdict.decision).toBe('fail');
    expect(stored).not.toBeNull();
    const { data } = await observe(failing, 'instances', stored);
    const { comparing } = work().judging;
    if (comparing === undefined) throw new Error('nothing is compared');
    const looksIn = (kept: Json | undefined) => (kept as unknown as { looks: readonly LookBasis[] }).looks;
    const analysis = new Analysis(analysisRules(startedLaunch(OBSERVED_PLAN), work(), comparing), true, DEFAULT_DESIGN);
    const looks = [...records.flatMap(looksIn), ...looksIn(data.record)];
    expect(looks.map((look) => analysis.look(look)).at(-1)?.harm).toBe(data.verdict.compared?.harm);
  });
});
