import type { Discrepancy, Lack, Untried } from '@slipway/judge';
import { plural } from './plural.ts';

/** What the judge says when it is asked by itself. */
export const judge = {
  decided: (decision: 'abort' | 'promote' | 'hold' | 'continue', second: number | null) =>
    second === null ? decision : `${decision} at second ${second}`,
  dispersion: (shards: number, found: string, expected: string) =>
    `dispersion of ${shards} shards ${found} (expected ${expected})`,
  campaign: (reps: number, aborts: number, promotes: number) =>
    `${reps} drawn streams: ${aborts} aborted, ${promotes} promoted`,
  notMet: 'not as expected',
  progress: (done: number, all: number) => `${done} of ${all}`,
  summary: (of: {
    readonly meet: number;
    readonly cases: number;
    readonly sameEvidence: number;
    readonly withEvidence: number;
  }) =>
    `${of.meet} of ${of.cases} as expected; ln E the same to the sixth digit in ${of.sameEvidence} of ${of.withEvidence}`,
  noCases: (file: string) => `${file} is no file of reference cases (format 1)`,
  versions: { new: 'the new version', old: 'the old version' },
  looks: (count: number) => plural(count, 'look'),
  wouldDecide: (decision: 'fail' | 'promote', second: number) =>
    decision === 'fail' ? `turns back at second ${second}` : `may end early from second ${second} on`,
  undecided: { continue: 'goes on', suspect: 'looks worse: the ramp would stand still' },
  suspectedAt: (second: number) => `suspect from second ${second} on`,
  evidence: (value: string, needed: string) => `evidence ${value} of ${needed}`,
  verdicts: {
    pass: 'recorded: pass',
    fail: 'recorded: fail',
    'insufficient-data': 'recorded: insufficient data',
    'telemetry-broken': 'recorded: telemetry broken',
  },
  noVerdict: 'ended without a verdict',
  same: 'the same to the last digit',
  differs: 'NOT the same',
  nothing: 'nothing',
  difference: (what: string, recorded: string, recomputed: string) =>
    `${what}: recorded ${recorded}, computed again ${recomputed}`,
  discrepancies: {
    'looks-missing': 'looks are missing from the record',
    'looks-differ': 'looks that were written down twice are not the same',
    'other-judge': 'kept by a judge with other rules or constants: another version of Slipway wrote this',
    'state-differs': 'the evidence that was kept is not what the looks come to',
  } satisfies Record<Discrepancy, string>,
  recordSummary: ({
    shares,
    same,
    looks,
  }: {
    readonly shares: number;
    readonly same: number;
    readonly looks: number;
  }) => `${same} of ${plural(shares, 'watch', 'watches')} the same to the last digit, over ${plural(looks, 'look')}`,
  noComparison: (file: string) =>
    `${file} compares no versions: no step of its plan has "judge", or none was watched yet`,
  otherRecord: (file: string) => `${file} is a record of another version of Slipway: replay it with that one`,
  strangeEvent: (file: string, place: string) =>
    `${file} has an event that this version of Slipway does not read (${place}): replay it with the version that wrote it`,
  torn: (file: string, effect: string) => `${file} tells of ${effect}, but its plan has no such share that is judged`,
  missingEvent: (file: string, seq: number) => `${file} is not whole: event ${seq} is missing or out of its place`,
  noEvent: 'this is no event of a record',
  noData: (file: string) =>
    `${file} is no record of a launch and no recorded series: a series is CSV that begins with second,new_units,new_bad,old_units,old_bad, or JSON as {"metrics": {"errors": {"unit": "ratio", "new_units": [], …}}}`,
  noSeries: (file: string) => `${file} is no series that can be replayed`,
  oneFile: 'name one file: a record or a series, or one of cases with --cases',
  rulesOfSeries: 'a record and a file of cases have their own rules: margins and chances are for a recorded series',
  idleAmount: (option: string) =>
    `--${option} is for no metric of this file: shares take per cent, as 0.1%, and latencies a time, as 20ms`,
  noShards: (file: string) =>
    `${file} holds no shards that can be calibrated on: they are CSV that begins with second,shard,units,bad, or JSON as {"units": [[]], "bad": [[]]}, by second and shard`,
  live: {
    fileOrSource:
      'name a file of shards, or what runs now: --environment and --metric, with --plan where the plan is not launch.yaml',
    progress: (of: {
      readonly at: string;
      readonly of: string;
      readonly shards: number;
      readonly units: string;
      readonly bad: string;
      readonly share: string | null;
    }) =>
      `${of.at} of ${of.of} · ${plural(of.shards, 'shard')} · ${of.units} units · ${of.bad} bad${of.share === null ? '' : ` (${of.share})`}`,
    shard: {
      came: (shard: string) => `${shard} came: its series begins`,
      gone: (shard: string) => `${shard} is gone: its series ends`,
      'began-again': (shard: string) => `${shard} began again: its series ends, and another begins`,
    },
    news: {
      restarted: 'all counters began again: what was counted meanwhile is left out',
      'too-many': 'there are more shards than can be calibrated on: those that came last are left out',
      heard: 'the source answers again',
    },
    stopped: {
      silent: (reason: string) => `the source is silent: ${reason}`,
      ended: (reason: string) => `it goes no further, with what there is: ${reason}`,
    },
    otherVersion: (version: string) => `${version} runs now: it goes no further, with what there is`,
  },
  calibration: {
    trusted: 'this metric may be trusted',
    notTrusted:
      'this metric is NOT to be trusted: judge on another one, or on a unit that fails by itself, as a user does',
    basis: (of: {
      readonly seconds: number;
      readonly shards: number;
      readonly newShards: number;
      readonly bad: number;
    }) => `${of.bad} bad in ${of.seconds} seconds of ${of.shards} shards, ${of.newShards} of them as the new version`,
    price: (dispersion: number) => `bad units come together: it takes about ${dispersion} times as long to be sure`,
    /** `dispersion`: what helps otherwise; null: nothing does. */
    instances: (dispersion: number | null) =>
      `bad units come together: this holds if these shards are instances, and a router counts by them as they stand; otherwise ${dispersion === null ? 'this metric is NOT to be trusted' : `say dispersion: ${dispersion}, with which it takes about ${dispersion} times as long to be sure`}`,
    untried: {
      'too-few':
        'instances were not compared with each other: with so few as the new version, or beside it, no harm could be found; --new-shards says how many',
      'too-long':
        'instances were not compared with each other: so many take too long; --new-shards lets fewer pretend to be new',
    } satisfies Record<Untried, string>,
    /** `newest`: seconds, where a launch had no more of them. */
    compared: (of: { setting: string; runs: number; alarms: number; atMost: string; newest: number | null }) =>
      `the old version against itself, ${of.setting}: ${plural(of.alarms, 'false alarm')} in ${plural(of.runs, 'launch', 'launches')}${of.newest === null ? '' : ` of the newest ${of.newest} seconds`}, chance at most ${of.atMost}`,
    shared:
      'the bound is exact for launches that have nothing in common; these share their data, so it holds for what was in them',
    lacks: {
      seconds: (have: number, least: number) =>
        `nobody can say: ${have} seconds of data are too few, ${least} are needed`,
      shards: (have: number, least: number) =>
        `nobody can say: ${plural(have, 'shard')} beside those that pretend to be new are too few, ${least} are needed`,
      bad: (have: number, least: number) =>
        `nobody can say: ${plural(have, 'bad unit')} do not show whether they come together, ${least} are needed`,
    } satisfies Record<Lack, unknown>,
  },
  csv: {
    header: (expected: string) => `the first line must be ${expected}`,
    columns: (count: number) => `${plural(count, 'column')}, not as many as the header has`,
    number: (column: string, cell: string) => `${column} is "${cell}", not a number of 0 or more`,
    moreBad: (bad: string, units: string) => `${bad} is more than ${units}`,
    whole: 'second is not a whole number',
    order: (second: number, last: number) => `second ${second} comes after ${last}`,
    twice: (second: number) => `second ${second} is there twice`,
    shardName: 'the name of the shard does not fit',
    tooManyShards: (most: number) => `more than ${most} shards`,
    name: 'the name of the metric does not fit',
    tooManyMetrics: (most: number) => `more than ${most} metrics`,
    tooLong: (most: number) => `more than ${most} seconds`,
    tooLarge: (most: number) => `a table may have ${most} MB`,
    empty: 'it holds no data',
  },
  tooLarge: (file: string, most: number) => `${file} is larger than ${most} MB`,
};
