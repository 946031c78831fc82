import type { PlanReport, PlanText } from '@slipway/contract';
import type { Messages } from '../messages/messages.ts';

/** What the server takes for a version that is only given at start. */
const STAND_IN = /(?<![\d.])0\.0\.0(?![\d.])/g;

/**
 * The report as people may read it: where the plan names no version and none was given, the server judged it with one that no
 * launch will have, and so with a digest that none will have.
 */
export function withoutStandIn(report: PlanReport, plan: PlanText, m: Messages): PlanReport {
  const { artifact } = report;
  const isStandIn = plan.artifactVersion === undefined && artifact?.version === '0.0.0' && !plan.text.match(STAND_IN);
  if (!isStandIn) return report;
  const say = (text: string): string => text.replaceAll(STAND_IN, `(${m.plan.versionAtStart})`);
  return {
    ...report,
    artifact: { ...artifact, version: say(artifact.version) },
    title: report.title === null ? null : say(report.title),
    digest: null,
    redFlags: report.redFlags.map((flag) => ({ ...flag, said: say(flag.said) })),
    timeline: report.timeline.map((entry) => ({
      ...entry,
      title: say(entry.title),
      what: entry.what.map(say),
      wayBack: entry.wayBack === null ? null : say(entry.wayBack),
    })),
  };
}
