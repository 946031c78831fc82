import type { Environment } from '../model/environment.ts';
import type { Artifact, Metric, Plan } from '../model/plan.ts';
import type { ProviderUse } from '../model/provider-use.ts';
import type { Step } from '../model/step.ts';
import { asMap, stepsOf } from '../parse/draft.ts';
import type { Draft } from '../parse/draft.ts';
import { renderText } from '../template/render-text.ts';
import type { ConfigVariables } from '../template/variables.ts';
import { instantOf } from '../time/local-time.ts';
import { needsOf } from './needs.ts';
import { resolveStep } from './resolve-step.ts';

/** A draft without flaws as a plan. Null where a part is missing: its flaw was reported, so the plan must not be used. */
export function resolvePlan(draft: Draft, artifact: Artifact): Plan | null {
  const { launch, zone, people, announcements } = draft;
  if (launch === null || zone === null || people === null || announcements === null) return null;
  const steps = resolveSteps(draft, artifact);
  const environments = resolveEnvironments(draft);
  if (steps === null || environments === null) return null;
  return {
    launch,
    title: draft.title ?? launch,
    artifact,
    zone,
    t0: resolveT0(draft.t0 ?? null, zone),
    people,
    environments,
    metrics: resolveMetrics(draft),
    channels: Object.fromEntries([...draft.channels].flatMap(([key, use]) => (use === null ? [] : [[key, use]]))),
    phases: draft.phases.map((phase) => ({ name: phase.name, steps: phase.steps.map((step) => step.id ?? '') })),
    steps,
    announcements: announcements.map(({ on, ...message }) => ({ on, message })),
  };
}

/** T-0 is checked before. */
function resolveT0(t0: string | null, zone: string): number | null {
  if (t0 === null) return null;
  const instant = instantOf(t0, zone);
  return instant.ok ? instant.at : null;
}

function resolveSteps(draft: Draft, artifact: Artifact): Readonly<Record<string, Step>> | null {
  const needs = needsOf(draft);
  const showTitle = titleRenderer(draft, artifact);
  const metrics = new Set(draft.metrics.keys());
  const steps: [string, Step][] = [];
  for (const { id, phase, authored } of stepsOf(draft)) {
    if (id === null || authored === null) return null;
    const context = { id, phase: draft.phases[phase]?.name ?? '', needs: needs.get(id) ?? [], metrics, showTitle };
    steps.push([id, resolveStep(authored, context)]);
  }
  return Object.fromEntries(steps);
}

/** Renders titles; one that speaks of what is only known later is shown as it is written. */
function titleRenderer(draft: Draft, artifact: Artifact): (title: string) => string {
  const title = draft.title ?? draft.launch ?? '';
  const variables: ConfigVariables = { launch: { name: draft.launch ?? '', title, id: '' }, artifact };
  return (written) => {
    const rendered = written.includes('launch.id') ? null : renderText(written, variables);
    return rendered?.ok === true ? rendered.text : written;
  };
}

function resolveEnvironments(draft: Draft): Readonly<Record<string, Environment>> | null {
  const environments: Record<string, Environment> = {};
  for (const [name, { tier, target, router }] of draft.environments) {
    if (tier === null || target === null || router === null) return null;
    environments[name] = { name, tier, target, router: router ?? null };
  }
  return environments;
}

function resolveMetrics(draft: Draft): Readonly<Record<string, Metric>> {
  const metrics: Record<string, Metric> = {};
  for (const [name, source] of draft.metrics) {
    if (source !== null) metrics[name] = { name, source, unit: unitOf(source) };
  }
  return metrics;
}

/** A latency is asked for by its quantile; everything else is a ratio. */
function unitOf(source: ProviderUse): Metric['unit'] {
  return Object.hasOwn(asMap(source.config) ?? {}, 'quantile') ? 'milliseconds' : 'ratio';
}
