const percents = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const list = new Intl.ListFormat('en');

const daysText = (days: number): string => `${days} day${days === 1 ? '' : 's'}`;

/** Every sentence about flags that the view composes, in English. */
export const flagsEn = {
  share: (percent: number, group: string | null) => `${percents.format(percent)} % of ${group ?? 'everybody'}`,
  segment: (name: string) => `segment ${name}`,
  rule: (name: string) => `group ${name}`,
  all: (texts: readonly string[]) => list.format(texts),
  nobody: 'nobody',
  killed: (off: string, by: string, reason: string) => `${off} for everybody: killed by ${by} because: ${reason}`,
  killedByLaunch: (off: string, launch: string, reason: string) =>
    `${off} for everybody: killed by the way back of launch ${launch} because: ${reason}`,
  disabled: 'disabled by its definition: whoever asks gets the default of its own code',
  ramp: (variant: string, audience: string) => `${variant} for ${audience}`,
  byLaunch: (launch: string, step: string) => `by launch ${launch} step ${step}`,
  others: (text: string) => `all others: ${text}`,
  byRules: (otherwise: string) => `by its rules, else ${otherwise}`,
  everybody: (variant: string) => `${variant} for everybody`,
  callersDefault: "the default of the caller's code",
  requires: (texts: readonly string[], off: string) => `only where ${list.format(texts)}, else ${off}`,
  serves: (flag: string, variant: string) => `${flag} serves ${variant}`,
  next: {
    makeDefault: (variant: string, file: string | null, launch: string | null) =>
      `${launch === null ? '' : `when launch ${launch} has ended: `}make ${variant} the defaultVariant, without targeting, ${file === null ? 'and define it anew with slipway flags define' : `in ${file} and apply that`}: it ends the ramp. Then take the flag out of the code, then out of ${file ?? 'the server with slipway flags remove'}`,
    takeOut: (variant: string, file: string | null) =>
      `${variant} is for everybody by its definition: take the flag out of the code, then out of ${file === null ? 'the server with slipway flags remove' : `${file}, and apply that`}`,
  },
  stale: {
    expired: (expires: string, days: number) => `its end of life was ${expires}, ${daysText(days)} ago: remove it`,
    experimentRunning: (expires: string, days: number) =>
      `its end of life was ${expires}, ${daysText(days)} ago, and it still gives different people different variants: decide, then remove it`,
    settled: (variant: string, days: number) =>
      `everybody has got ${variant} for ${daysText(days)}: keep that in the code, and remove the flag`,
    leftKilled: (days: number) => `killed for ${daysText(days)}: mend what it turns on, or remove it`,
  },
  change: {
    apply: (file: string, flags: number) => `apply ${file} (flags in it: ${flags})`,
    define: (flag: string) => `define ${flag}`,
    remove: (flag: string) => `remove ${flag}`,
    defineSegment: (segment: string) => `define segment ${segment}`,
    removeSegment: (segment: string) => `remove segment ${segment}`,
    ramp: (flag: string, what: string) => `ramp ${flag}: ${what}`,
    endRamp: (flag: string) => `end the ramp of ${flag}`,
    unkill: (flag: string, reason: string) => `lift the kill of ${flag} because: ${reason}`,
    schedule: (texts: readonly string[]) => `schedule: ${texts.join('; ')}`,
    kill: (flag: string, reason: string) => `kill ${flag} because: ${reason}`,
    server: 'the server',
  },
  event: {
    setCreated: (bucketing: string) => `the set was made (bucketing ${bucketing})`,
    flagDefined: (flag: string, file: string | null) => `${flag} was defined${file === null ? '' : ` by ${file}`}`,
    flagRemoved: (flag: string) => `${flag} was removed`,
    segmentDefined: (segment: string, file: string | null) =>
      `segment ${segment} was defined${file === null ? '' : ` by ${file}`}`,
    segmentRemoved: (segment: string) => `segment ${segment} was removed`,
    rampSet: (flag: string, what: string) => `${flag} ramps: ${what}`,
    rampEnded: (flag: string) => `the ramp of ${flag} ended`,
    flagKilled: (flag: string, reason: string) => `${flag} was killed because: ${reason}`,
    flagKilledByLaunch: (flag: string, launch: string, reason: string) =>
      `${flag} was killed by the way back of launch ${launch} because: ${reason}`,
    flagUnkilled: (flag: string, reason: string) => `the kill of ${flag} was lifted because: ${reason}`,
    scheduled: (id: string, what: string) => `scheduled as ${id}: ${what}`,
    scheduleDone: (id: string) => `${id} was due and is done`,
    scheduleCancelled: (id: string, reason: string) => `${id} was called off${reason === '' ? '' : `: ${reason}`}`,
    proposed: (id: string, what: string, reason: string) =>
      `proposed as ${id}: ${what}${reason === '' ? '' : ` (${reason})`}`,
    approved: (id: string) => `${id} was approved`,
    rejected: (id: string, reason: string) => `${id} was rejected: ${reason}`,
    policySet: (approvals: number, channels: readonly string[]) =>
      `policy: ${approvals === 0 ? 'no approval' : 'four eyes'}; kills are told to ${channels.length === 0 ? 'nobody' : list.format(channels)}`,
  },
};
