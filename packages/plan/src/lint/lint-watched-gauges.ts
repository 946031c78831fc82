import { type AuthoredWatch, type Draft, isWatch, stepsOf } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { rhythmOf } from '../resolve/judging.ts';
import { unitOf } from '../resolve/unit-of.ts';
import { gaugesByName, slopeTakes } from '../resolve/watched-gauges.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';
import { unknownName } from './unknown-name.ts';

type Watching = AuthoredWatch;

/** Gauges that are watched exist, are gauges, and are asked for something that the step can tell. */
export function lintWatchedGauges(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (!isWatch(authored)) continue;
    const { gauges } = authored.step;
    if (gauges === undefined) continue;
    const at = [...path, 'gauges'];
    lintNames(findings, at, { gauges, draft });
    if (!Array.isArray(gauges)) lintRules(findings, at, { gauges, authored });
    if (!lintLevel(findings, path, authored)) lintSlope(findings, path, authored);
  }
}

type Gauges = NonNullable<Watching['step']['gauges']>;
type Rules = Exclude<Gauges, readonly string[]>;

function lintNames(
  findings: Findings,
  path: Path,
  { gauges, draft }: { readonly gauges: Gauges; readonly draft: Draft },
): void {
  const isList = Array.isArray(gauges);
  const report = isList ? reportValue : reportKey;
  const names = gaugesByName(gauges).map(([name]) => name);
  for (const [index, name] of names.entries()) {
    const at = [...path, isList ? index : name];
    if (names.indexOf(name) !== index) reportValue(findings, at, { message: `"${name}" is listed twice` });
    const source = draft.metrics.get(name);
    if (source === undefined) {
      const metrics = { word: 'metric', section: 'metrics', names: [...draft.metrics.keys()] };
      report(findings, at, { message: unknownName(name, metrics) });
    }
    if (source === undefined || source === null || typeof unitOf(source) !== 'string') continue;
    const message = `"${name}" is a ${unitOf(source) === 'ratio' ? 'share' : 'latency'}, not a gauge`;
    report(findings, at, { message, expected: '"judge", or a metric with a "value"' });
  }
}

function lintRules(
  findings: Findings,
  path: Path,
  { gauges, authored }: { readonly gauges: Rules; readonly authored: Watching },
): void {
  const alone = aloneWords(authored);
  for (const [name, { below, above, times, rising }] of Object.entries(gauges)) {
    if (times !== undefined && alone !== null)
      reportKey(findings, [...path, name, 'times'], {
        message: `${alone}, so "times" means nothing`,
        expected: '"below" or "above"',
      });
    if (below !== undefined && above !== undefined && below <= above)
      reportValue(findings, [...path, name, 'above'], {
        message: `nothing is above ${above} and below ${below}`,
        expected: `less than ${below}`,
      });
    if (below !== undefined || above !== undefined || times !== undefined || rising === 'hold') continue;
    const message = `nothing is asked of "${name}": its rise is ignored, and it has no limit`;
    reportValue(findings, [...path, name], { message, expected: '"below", "above" or "times"' });
  }
}

/** Why the old version has no readings that could be compared; null: it has. With no traffic it needs next to nothing. */
function aloneWords({ kind, step }: Watching): string | null {
  if (kind === 'soak') return 'what soaks is compared with nothing';
  if (kind === 'flag-rollout')
    return step.steps.every(({ weight, of }) => weight === 100 && of === undefined)
      ? 'everybody gets the variant at once'
      : null;
  if (step.strategy === 'dark-launch' || step.steps.some(({ weight }) => weight < 100)) return null;
  return 'all traffic is on the new version at once';
}

/** Readings that a level takes. */
const LEVEL_READINGS = 3;

/** What is not watched for three looks has no level, and would be held whatever it is. Says whether that was reported. */
function lintLevel(findings: Findings, path: Path, authored: Watching): boolean {
  const found = heldAt(authored, path).find(({ hold, every }) => hold < LEVEL_READINGS * every);
  if (found === undefined) return false;
  const message = `in ${found.written} no gauge is read three times`;
  reportValue(findings, found.at, { message, expected: `at least ${formatDuration(LEVEL_READINGS * found.every)}` });
  return true;
}

interface HeldAt {
  readonly at: Path;
  readonly written: string;
  /** Milliseconds of the hold, and between two looks. */
  readonly hold: number;
  readonly every: number;
}

/** How long each share is watched, and where the plan says so. */
function heldAt({ kind, step }: Watching, path: Path): readonly HeldAt[] {
  const held = (written: string, ...key: Path): HeldAt => {
    const hold = parseDuration(written) ?? Infinity;
    return { at: [...path, ...key], written, hold, every: rhythmOf(step, hold).every };
  };
  if (kind === 'soak') return [held(step.for, 'for')];
  return step.steps.map(({ hold }, index) => held(hold, 'steps', index, 'hold'));
}

/** A rise that no share is long enough to tell would never be seen; one that some are too short for is worth a word. */
function lintSlope(findings: Findings, path: Path, authored: Watching): void {
  if (!gaugesByName(authored.step.gauges ?? []).some(([, { rising }]) => rising === 'hold')) return;
  const holds = heldAt(authored, path);
  const short = holds.filter(({ hold, every }) => hold < slopeTakes(every));
  const [found] = short;
  if (found === undefined) return;
  const message = `in ${found.written} nobody can tell whether a gauge rises`;
  const needed = formatDuration(Math.ceil(slopeTakes(found.every) / 1_000) * 1_000);
  const severity = short.length === holds.length ? 'error' : 'warning';
  reportValue(findings, found.at, { message, expected: `at least ${needed}, or rising: ignore`, severity });
}
