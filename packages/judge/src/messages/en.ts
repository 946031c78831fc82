import { figuresIn, type WrittenFigures, type WrittenGauge } from './figures.ts';
import { numbersIn } from './numbers.ts';

const { share, count, percent } = numbersIn('en');
const figures = figuresIn('en-US', 'under');

/** Every sentence that the judge says, in English; the other languages have the same keys. */
export const en = {
  analysis: {
    percent: figures.percent,
    latency: figures.latency,
    /** `2.4 % on 2.2 against 0.3 % on 1.0 after 1,234 requests`. `old` is null where there is nothing to compare with. */
    figures: ({ fresh, old, requests }: WrittenFigures) => {
      const against = old === null ? '' : ` against ${old.value} on ${old.version}`;
      const after = `${figures.whole(requests)} ${requests === 1 ? 'request' : 'requests'}`;
      return `${fresh.value} on ${fresh.version}${against} after ${after}`;
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
      unread: (metric: string) => `${metric} cannot be compared: there is no reading of both versions`,
      noAnswers: (metric: string, fresh: string, old: string) =>
        `${metric} was not compared: ${fresh} or ${old} has answered nothing since this share was set`,
    },
    missing: (version: string) =>
      `${version} answers or reports far less than its share of the traffic: what cannot be seen is not safe`,
  },
  gauges: {
    amount: figures.amount,
    perMinute: (amount: string) => `${amount} a minute`,
    perHour: (amount: string) => `${amount} an hour`,
    over: ({ metric, fresh }: WrittenGauge, level: string, limit: string) =>
      `${metric} is ${level} on ${fresh} and must stay below ${limit}`,
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
    says: (requests: string, what: string, more: string) => `${requests}: ${what}${more === '' ? '' : `; ${more}`}`,
    alone: 'nothing to compare with, all traffic is on the new version',
    tolerated: (sought: number, usual: number) => `${share(sought)} against ${share(usual)} is within the margin`,
    cannotTell: (sought: number, usual: number) => `cannot tell ${share(sought)} from ${share(usual)}`,
    findsSome: (sought: number, usual: number, chance: number) =>
      `finds ${share(sought)} against ${share(usual)} in ${percent(chance)} of launches`,
    finds: (sought: number, usual: number, time: string) =>
      `finds ${share(sought)} against ${share(usual)} in about ${time}`,
    foundBefore: (sought: number, usual: number) =>
      `${share(sought)} against ${share(usual)} was found before, if it was there`,
    begun: (time: string) => `if it only begins here, in about ${time}`,
    atTheEnd: (least: number) => `by the end also ${share(least)}`,
    needs: { time: (time: string) => `needs ${time}`, weight: (weight: number) => `needs ${weight} % of traffic` },
    needsEither: (time: string, weight: number) => `needs ${time}, or ${weight} % of traffic`,
    basis: (metric: string, perSecond: number, usual: number) =>
      `what each share finds in ${metric} at ${count(perSecond)} requests/s with ${share(usual)} bad answers on the old version (assumed):`,
    basisIfJudged: (perSecond: number, usual: number) =>
      `what each share would find if judge named a metric, at ${count(perSecond)} requests/s with ${share(usual)} bad answers on the old version (assumed):`,
    unknownTraffic: (environments: string) =>
      `what each share can find is not known: say what traffic ${environments} has, such as traffic: 50/s`,
  },
};
