import {
  figuresIn,
  type GivenReason,
  type LabelledFigures,
  type WrittenCount,
  type WrittenFigures,
  type WrittenGauge,
  type WrittenInstances,
} from './figures.ts';
import { numbersIn } from './numbers.ts';

const { share, count, percent, low: lowEdge, high: highEdge } = numbersIn('en');
const figures = figuresIn('en-US', 'under');

/** Every sentence that the judge says, in English; the other languages have the same keys. */
export const en = {
  analysis: {
    percent: figures.percent,
    latency: figures.latency,
    /** `2.4 % on 2.2 against 0.3 % on 1.0 after 1,234 requests`. `old` is null where there is nothing to compare with. */
    figures: ({ fresh, old, requests }: WrittenFigures) => {
      const against = old === null ? '' : ` against ${old.value} on ${old.version}`;
      const after =
        requests === null ? '' : ` after ${figures.whole(requests)} ${requests === 1 ? 'request' : 'requests'}`;
      return `${fresh.value} on ${fresh.version}${against}${after}`;
    },
    /** A metric with its figures. */
    about: (metric: string, shown: string) => `${metric} ${shown}`,
    /** `launches`: by chance it happens in fewer than one of so many. */
    harm: (metric: string, shown: string, launches: number) =>
      `${metric}: ${shown}; by chance this happens in fewer than 1 of ${figures.whole(launches)} launches`,
    suspicion: (metric: string, shown: string, launches: number) =>
      `${metric} looks worse: ${shown}; by chance this happens in fewer than 1 of ${figures.whole(launches)} launches, which is not enough to turn back and too much to go on`,
    /** `needed`: the e-value at which it would be an alarm. */
    sound: (shown: readonly string[], evidence: number, needed: number) =>
      `no sign of harm: ${shown.join(', ')} (evidence ${count(evidence)} of ${count(needed)})`,
    shown: (shown: readonly string[]) => `shown to be within its margins: ${shown.join(', ')}`,
    shared: (metric: string, shown: string) =>
      `${metric} is over its limit on both versions: ${shown}; what the new one does to it cannot be told`,
    uncompared: {
      unread: (metric: string, why: string | null) =>
        `${metric} cannot be compared: there is no reading of both versions${why === null ? '' : `: ${why}`}`,
      noAnswers: (metric: string, fresh: string, old: string) =>
        `${metric} was not compared: ${fresh} or ${old} has answered nothing since this share was set`,
    },
    fewInstances: (metric: string, { new: fresh, old, versions }: WrittenInstances) =>
      `${metric} cannot be compared instance with instance: ${fresh} of ${versions.new} and ${old} of ${versions.old} are too few for anything to be found; run more of them, or compare requests`,
    missing: (version: string) =>
      `${version} answers or reports far less than its share of the traffic: what cannot be seen is not safe`,
    /** `seen` and `asked`: shares of the traffic, 0..1. */
    excess: (version: string, seen: number, asked: number) =>
      `${version} answers ${figures.percent(seen)} of the requests; ${figures.percent(asked)} were asked for`,
    /** `times`: what the figures come to over all looks. */
    inAll: (shown: string, times: string) => `${shown}; in all ${times}`,
    /** How many times the old version's share a share is; null: that edge is not known. Not both are. */
    times: (low: number | null, high: number | null) => {
      if (low === null) return `less than ${highEdge(high ?? Infinity)} times as many`;
      if (high === null) return `more than ${lowEdge(low)} times as many`;
      return `between ${lowEdge(low)} and ${highEdge(high)} times as many`;
    },
  },
  conditions: {
    /** `asked`: the condition, where no other version says what is usual. */
    broken: (shown: readonly LabelledFigures[], asked: string | null) => {
      const all = shown.map(({ label, text }) => `${label}: ${text}`).join('; ');
      return asked === null ? all : `${all} (asked: ${asked})`;
    },
    hold: (shown: readonly LabelledFigures[]) =>
      `every condition holds: ${shown.map(({ label, text }) => `${label} ${text}`).join(', ')}`,
    uncounted: (said: string, version: string) => `${said}; nobody knows how many requests ${version} answered`,
    none: (version: string) => `nothing is judged: the plan sets no condition for ${version}`,
    silent: (time: string, limit: string, why: string | null) =>
      `no usable reading for ${time}; the limit is ${limit}${why === null ? '' : ` (${why})`}`,
    duration: (milliseconds: number) => figures.duration(milliseconds) ?? 'an unknown time',
    openings: {
      missing: (why: string) => `no reading: ${why}`,
      'too-few': (why: string) => `not enough to judge on: ${why}`,
    },
    reason: ({ reason, reasons }: GivenReason) => reasons?.en ?? reason,
    unread: 'it was not read',
    blind: 'a condition reads no metric',
    missing: (metric: string, version: string, reason: string) => `${metric} on ${version}: ${reason}`,
    notFinite: 'its value is no finite number',
    contradicting: 'its counts contradict themselves',
    oldVersion: 'the old version',
    unanswered: (version: string, metric: string) => `${version} answered no request, so ${metric} cannot be compared`,
    undecided: (reason: string) => `it cannot be decided: ${reason}`,
    never: (metric: string) => `no number of requests is enough for ${metric}`,
    few: ({ version, seen, needed, metric }: WrittenCount) => {
      const answered = `${version} answered ${figures.whole(seen)} of the ${figures.whole(needed)} needed`;
      return metric === null ? answered : `${answered} for ${metric}`;
    },
    unknownCount: (version: string, needed: number) =>
      `nobody knows whether ${version} answered the ${figures.whole(needed)} requests needed: gauges count none`,
  },
  copies: {
    nothing: 'no two answers could be compared',
    leftOut: (said: string, copies: readonly string[]) => `${said}; left out so far: ${copies.join(', ')}`,
    reasons: {
      unselected: (copies: number) => `${figures.whole(copies)} whose answers hold nothing of what is to be compared`,
      tooLarge: (copies: number) => `${figures.whole(copies)} that were too large`,
      busy: (copies: number) => `${figures.whole(copies)} there was no room for`,
      brokenOff: (copies: number) => `${figures.whole(copies)} that broke off`,
    },
  },
  gauges: {
    amount: figures.amount,
    perMinute: (amount: string) => `${amount} a minute`,
    perHour: (amount: string) => `${amount} an hour`,
    over: ({ metric, fresh }: WrittenGauge, level: string, limit: string) =>
      `${metric} is ${level} on ${fresh} and must stay below ${limit}`,
    under: ({ metric, fresh }: WrittenGauge, level: string, limit: string) =>
      `${metric} is ${level} on ${fresh} and must stay above ${limit}`,
    more: (
      { metric, fresh, old }: WrittenGauge,
      levels: { readonly fresh: string; readonly old: string },
      times: string,
    ) =>
      `${metric} is ${levels.fresh} on ${fresh} against ${levels.old} on ${old}, and may be at most ${times} times as much`,
    rises: ({ metric, fresh }: WrittenGauge, rate: string) => `${metric} rises by ${rate} on ${fresh}`,
    notOn: (old: string) => ` (more than on ${old})`,
    reaches: (limit: string, time: string) => ` and reaches ${limit} in ${time}`,
    noProof: (said: string) => `${said}; a reading, not a proof: no promise about false alarms holds for a gauge`,
    noTrendProof: (said: string) => `${said}; a trend, not a proof: no promise about false alarms holds for a gauge`,
    steady: ({ metric, fresh }: WrittenGauge, level: string) => `${metric} is steady at ${level} on ${fresh}`,
    at: ({ metric, fresh }: WrittenGauge, level: string) => `${metric} is ${level} on ${fresh}`,
    noPromise: (said: readonly string[]) => `${said.join(', ')} (no promise about false alarms holds for a gauge)`,
    unknown: {
      level: ({ metric, fresh }: WrittenGauge) => `${metric} on ${fresh} was read too seldom in a row to be judged`,
      old: ({ metric, old }: WrittenGauge) => `${metric} on ${old} is not known, so nobody can compare with it`,
      ratio: ({ metric, fresh, old }: WrittenGauge) =>
        `${metric} on ${fresh} can be no number of times as much as on ${old}: that takes values above 0`,
      slope: ({ metric, fresh }: WrittenGauge, read: number, needed: number) =>
        `whether ${metric} rises on ${fresh} is not known: ${figures.whole(read)} of the ${figures.whole(needed)} readings that a slope takes`,
    },
  },
  identity: {
    /** `id`: of an instance. */
    instance: (id: string, version: string) => `instance ${id} of ${version}`,
    other: (instance: string, said: string) =>
      `${instance} answers as ${said}: what is measured is not the new version`,
    unknown: (version: string, why: string) => `nobody knows whether ${version} is what is measured: ${why}`,
    asking: 'its instances are asked, and have not answered yet',
    untold: 'nobody could say which instances to ask, and for what',
    unready: 'no instance of it is ready',
    silent: (instance: string) => `${instance} does not answer`,
    tooLarge: (instance: string) => `the answer of ${instance} is too large`,
    noJson: (instance: string) => `the answer of ${instance} is no JSON`,
    status: (instance: string, status: number) => `${instance} answers with status ${status}`,
    nothing: (instance: string, place: string) => `${instance} says no version at ${place}`,
  },
  power: {
    requests: (requests: number) => `${count(requests)} ${requests === 1 ? 'request' : 'requests'}`,
    times: {
      seconds: (value: number) => `${value} s`,
      minutes: (value: number) => `${value} min`,
      hours: (value: number) => `${value} h`,
      days: (value: number) => (value === 1 ? '1 day' : `${count(value)} days`),
    },
    share,
    /** How many times as slow. */
    slower: (times: number) => `${count(times)} times as slow`,
    asUsual: 'usual',
    /** A metric that has no name. */
    unnamed: 'bad answers',
    /** `parts`: '' is left out. */
    says: (lead: string, parts: readonly string[]) =>
      `${lead === '' ? '' : `${lead}: `}${parts.filter((part) => part !== '').join('; ')}`,
    of: (metric: string, said: string) => `${metric}: ${said}`,
    from: (metric: string, least: string) => `${metric} from ${least}`,
    downTo: (metric: string, most: string) => `${metric} from ${most} down`,
    byLimit: (found: string) => `${found} by its limit`,
    findings: (found: readonly string[], nothing: readonly string[]) => {
      const none = nothing.length === 0 ? [] : [`nothing in ${nothing.join(' and ')}`];
      return `finds ${[...found, ...none].join(', ')}`;
    },
    notKnown: (metrics: readonly string[]) => `not known of ${metrics.join(' and ')}`,
    alone: 'nothing to compare with, all traffic is on the new version',
    against: (sought: string, usual: string) => `${sought} against ${usual}`,
    tolerated: (metric: string, sought: string) => `${sought} in ${metric} is within the margin`,
    cannotTell: (sought: string, usual: string) => `cannot tell ${sought} from ${usual}`,
    findsSome: (sought: string, chance: number) => `finds ${sought} in ${percent(chance)} of launches`,
    slowest: (metric: string) => `${metric} last: `,
    inTime: (sought: string, time: string) => `${sought} in about ${time}`,
    /** `begun`: '' where that is not found in time. */
    foundBefore: (sought: string, begun: string) =>
      `${sought} was found before, if it was there${begun === '' ? '' : `; ${begun}`}`,
    begun: (time: string) => `if it only begins here, in about ${time}`,
    needs: { time: (time: string) => `needs ${time}`, weight: (weight: number) => `needs ${weight} % of traffic` },
    needsEither: (time: string, weight: number) => `needs ${time}, or ${weight} % of traffic`,
    /** `isNamed`: whether `judge` names what is told of. `perSecond` null: not known. */
    basis: (perSecond: number | null, isNamed: boolean) => {
      const what = isNamed
        ? 'what each share finds in 9 of 10 launches'
        : 'what each share would find if judge named a metric';
      return `${what}${perSecond === null ? '' : `, at ${count(perSecond)} requests/s`}:`;
    },
    usualBad: (usual: number) => `${share(usual)} bad on the old version`,
    usualGood: (usual: number) => `${share(usual)} on the old version`,
    usualAt: (quantile: number, milliseconds: number) =>
      `p${count(quantile * 100)} of ${figures.latency(milliseconds)}`,
    median: (milliseconds: number) => `median of ${figures.latency(milliseconds)}`,
    tail: (times: number) => `p99 ${count(times)} times the median`,
    /** `at`: '' where it is not known. */
    shape: (at: string, spread: string) =>
      `${at === '' ? '' : `${at}, `}${spread} on the old version, taken as log-normal`,
    assumed: (said: string) => `${said} (assumed)`,
    ownTraffic: (perSecond: number) => `counts ${count(perSecond)}/s`,
    clusters: (dispersion: number) => `in clusters of ${count(dispersion)}`,
    falseAlarms: (part: number) => `false alarms ${share(part)}`,
    unknown: {
      traffic: 'what it can find is not known: say what traffic there is',
      visitors: 'what it can find is not known: say how many visitors come, such as traffic: 120/h beside its margin',
      usual: 'what it can find is not known: its margin or limit is a time, so say what is usual, such as usual: 300ms',
      instances: 'what it can find cannot be told: it depends on how alike the instances are that are compared',
    },
    noPromise: (conditions: readonly string[], gauges: readonly string[]) => {
      const what = [...conditions, ...gauges.map((gauge) => `the gauge ${gauge}`)];
      return `no promise of what is found by ${what.join(', ')}`;
    },
    unknownTraffic: (environments: string) =>
      `what each share can find is not known: say what traffic ${environments} has, such as traffic: 50/s`,
  },
};
