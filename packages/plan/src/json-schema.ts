import { z } from 'zod';
import type { ProviderEntry } from './schema/catalogue.ts';
import { headKeys, tier } from './schema/head.ts';
import { SCENARIOS_WORDS, scenarios } from './schema/scenarios.ts';
import { phaseEffect } from './schema/phase-effect.ts';
import { identity } from './schema/identity.ts';
import type { PlanLanguage } from './schema/language.ts';
import { STEP_SCHEMAS } from './schema/steps/step-schemas.ts';
import { traffic } from './schema/traffic.ts';
import { metricName, name } from './schema/words.ts';

type Table = Readonly<Record<string, ProviderEntry>>;

/**
 * JSON Schema (draft 2020-12) of a launch plan, for completion and checks in an editor. It describes the form of a plan;
 * what a plan means (names, order, conditions) only parsePlan checks.
 */
export function planJsonSchema(language: PlanLanguage): Record<string, unknown> {
  const schema = z.toJSONSchema(planSchema(language), {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // A template in an address is no address until it is rendered.
      if (jsonSchema.format === 'uri') delete jsonSchema.format;
    },
  });
  return { $id: 'urn:slipway:launch-plan', title: 'Slipway launch plan', ...schema };
}

function planSchema({ catalogue }: PlanLanguage): z.ZodType {
  const environment = z.strictObject({
    tier: tier(),
    target: oneOf(catalogue.targets)
      .optional()
      .describe(
        'Where versions run: one target with its settings. Needed, but where only flags are ramped. Example: {process: {...}}.',
      ),
    router: oneOf(catalogue.routers)
      .optional()
      .describe(
        'What splits traffic; a rollout of a version needs one, one by flag none. Default: none. Example: {builtin: {}}.',
      ),
    traffic: traffic().optional(),
    identity: identity().optional(),
  });
  const phase = z.strictObject({
    phase: name().describe('Name of the phase; phases run one after the other. Example: gate.'),
    effect: phaseEffect(),
    steps: z.array(stepSchema(catalogue.checks)).min(1).describe('Steps in order; each waits for the one before it.'),
  });
  return z.strictObject({
    ...headKeys,
    scenarios: scenarios(union(checkSteps(catalogue.checks)))
      .optional()
      .describe(SCENARIOS_WORDS),
    environments: z.record(name(), environment).default({}).describe('Places where versions run, by name.'),
    metrics: z
      .record(metricName(), metricSchema(catalogue.metricSources))
      .default({})
      .describe(
        'Measurements by the names that conditions use. Example: {errors: {from: router, ratio: server-errors}}.',
      ),
    channels: z.record(name(), oneOf(catalogue.channels)).default({}).describe('Ways to tell people, by name.'),
    phases: z.array(phase).min(1).describe('The parts of the launch, in order.'),
  });
}

/** `{ slack: { ... } }`: exactly one provider's key. */
function oneOf(table: Table): z.ZodType {
  return union(
    Object.entries(table).map(([provider, entry]) =>
      z.strictObject({ [provider]: described(entry) }).meta({ title: provider }),
    ),
  );
}

function described({ schema, summary }: ProviderEntry): z.ZodType {
  return summary === undefined ? schema : schema.describe(summary);
}

/** Of kinds that are no key of a plan. */
const TITLES: Readonly<Record<string, string>> = { 'flag-rollout': 'rollout by flag' };

function stepSchema(checks: Table): z.ZodType {
  const { check: _check, soak, ...rest } = STEP_SCHEMAS;
  const asked = z
    .array(oneOf(checks))
    .min(1)
    .max(20)
    .optional()
    .describe(soak.shape.checks.description ?? '');
  const others = { ...rest, soak: soak.safeExtend({ checks: asked }) };
  const otherSteps = Object.entries(others).map(([kind, schema]) => schema.meta({ title: TITLES[kind] ?? kind }));
  return union([...checkSteps(checks), ...otherSteps]);
}

function checkSteps(checks: Table): readonly z.ZodType[] {
  return Object.entries(checks).map(([provider, entry]) =>
    STEP_SCHEMAS.check.safeExtend({ [provider]: described(entry) }).meta({ title: `check: ${provider}` }),
  );
}

/** `from` beside the keys of the source's own query. */
function metricSchema(sources: Table): z.ZodType {
  return union(Object.entries(sources).map(([provider, { schema }]) => withFrom(schema, provider)));
}

function withFrom(schema: z.ZodType, provider: string): z.ZodType {
  const from = z.literal(provider).describe('The metric source; the other keys are its query.');
  if (schema instanceof z.ZodObject) return schema.safeExtend({ from }).meta({ title: provider });
  if (schema instanceof z.ZodUnion) return union(schema.options.map((option) => withFrom(asType(option), provider)));
  // Of any other schema the keys cannot be listed.
  return z.looseObject({ from }).meta({ title: provider });
}

/** Options of a union are typed as zod's core types. */
const asType = (option: z.core.$ZodType): z.ZodType => (option instanceof z.ZodType ? option : z.unknown());

function union(options: readonly z.ZodType[]): z.ZodType {
  const [first, ...rest] = options;
  return first === undefined ? z.never() : z.union([first, ...rest]);
}
