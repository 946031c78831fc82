import { z } from 'zod';
import type { PlanJson, ProviderUse } from '../model/provider-use.ts';
import { headKeys, tier } from '../schema/head.ts';
import { identity } from '../schema/identity.ts';
import { traffic } from '../schema/traffic.ts';
import { metricName, name } from '../schema/words.ts';
import { listWords } from '../text/list-words.ts';
import { didYouMean } from '../text/nearest.ts';
import { checkPhases } from './check-phases.ts';
import { checkFrozen } from './check-frozen.ts';
import { checkNamedUse, checkUse } from './check-use.ts';
import type { Checking } from './check-use.ts';
import { checkValue } from './check-value.ts';
import { asMap } from './draft.ts';
import { flagOnlyPlaces } from './flag-only.ts';
import type { Draft, DraftEnvironment } from './draft.ts';
import { reportKey, reportValue } from './findings.ts';
import { misspeltAs } from './misspelt.ts';
import { shorten } from './path.ts';
import type { Path } from './path.ts';

/** Keys at the top of a plan whose values depend on the providers. */
export const BODY_KEYS = ['environments', 'metrics', 'channels', 'phases'] as const;

const PLAN_KEYS: readonly string[] = [...Object.keys(headKeys), ...BODY_KEYS];

type Body = Pick<Draft, (typeof BODY_KEYS)[number]>;
type Entries = readonly (readonly [string, PlanJson])[];

/** Checks the form of a whole plan, part by part, so that one wrong part hides no other. */
export function checkPlan(checking: Checking, value: PlanJson): Draft | null {
  const map = asMap(value);
  if (map === null) {
    const message = value === null ? 'the plan is empty' : 'a plan is a map of keys and values';
    reportValue(checking.findings, [], { message, expected: 'launch, artifact and phases' });
    return null;
  }
  reportUnknownKeys(checking, map);
  return { ...checkHead(checking, map), ...checkBody(checking, map), language: checking.language };
}

function reportUnknownKeys(checking: Checking, map: Readonly<Record<string, PlanJson>>): void {
  for (const key of Object.keys(map).filter((candidate) => !PLAN_KEYS.includes(candidate))) {
    const hint = didYouMean(key, PLAN_KEYS);
    const rest = hint === '' ? `, a plan has only ${listWords(PLAN_KEYS, 'and')}` : hint;
    reportKey(checking.findings, [key], { message: `unknown key "${shorten(key)}"${rest}` });
  }
}

function checkHead(checking: Checking, map: Readonly<Record<string, PlanJson>>): Pick<Draft, keyof typeof headKeys> {
  const part = <Schema extends z.ZodType>(key: string, schema: Schema): z.output<Schema> | null =>
    misspeltAs(map, key, PLAN_KEYS) === null
      ? checkValue(checking.findings, { path: [key], value: map[key], schema, quote: true })
      : null;
  return {
    launch: part('launch', headKeys.launch),
    title: part('title', headKeys.title),
    artifact: part('artifact', headKeys.artifact),
    zone: part('zone', headKeys.zone),
    t0: part('t0', headKeys.t0),
    people: part('people', headKeys.people),
    delegates: part('delegates', headKeys.delegates),
    reach: part('reach', headKeys.reach),
    segments: part('segments', headKeys.segments),
    judge: part('judge', headKeys.judge),
    tracks: part('tracks', headKeys.tracks),
    calendar: part('calendar', headKeys.calendar),
    announcements: part('announcements', headKeys.announcements),
    audiences: part('audiences', headKeys.audiences),
    messages: part('messages', headKeys.messages),
    page: part('page', headKeys.page),
    scenarios: part('scenarios', headKeys.scenarios),
    triggers: part('triggers', headKeys.triggers),
    lint: part('lint', headKeys.lint),
  };
}

function checkBody(checking: Checking, map: Readonly<Record<string, PlanJson>>): Body {
  const environments = entriesOf(checking, { path: ['environments'], value: map['environments'], names: name() });
  const metrics = entriesOf(checking, { path: ['metrics'], value: map['metrics'], names: metricName() });
  const channels = entriesOf(checking, { path: ['channels'], value: map['channels'], names: name() });
  const untargeted = flagOnlyPlaces(map['phases']);
  const phases = misspeltAs(map, 'phases', PLAN_KEYS) === null ? checkPhases(checking, map['phases']) : [];
  return {
    environments: new Map(
      environments.map(([key, value]) => [
        key,
        checkEnvironment(checking, ['environments', key], { value, needsTarget: !untargeted.has(key) }),
      ]),
    ),
    metrics: new Map(metrics.map(([key, value]) => [key, checkMetric(checking, ['metrics', key], value)])),
    channels: new Map(
      channels.map(([key, value]) => [key, checkNamedUse(checking, 'channels', ['channels', key], value)]),
    ),
    phases: [...phases, ...checkFrozen(checking, map['scenarios'], phases.length)],
  };
}

interface Named {
  readonly path: Path;
  readonly value: PlanJson | undefined;
  readonly names: z.ZodType<string>;
}

/** The entries of a map by name; a wrong name is reported and its entry still checked. */
function entriesOf(checking: Checking, { path, value, names }: Named): Entries {
  if (value === undefined) return [];
  checkValue(checking.findings, { path, value, schema: z.record(names, z.unknown()), quote: true });
  return Object.entries(asMap(value) ?? {});
}

const ENVIRONMENT = z.strictObject({ tier: tier(), traffic: traffic().optional(), identity: identity().optional() });

const NO_ENVIRONMENT = { tier: null, traffic: undefined, identity: undefined, target: null, router: null };

interface Written {
  readonly value: PlanJson;
  readonly needsTarget: boolean;
}

function checkEnvironment(checking: Checking, path: Path, { value, needsTarget }: Written): DraftEnvironment {
  const map = asMap(value) ?? {};
  const { target, router, ...rest } = map;
  const otherKeys = ['target', 'router'];
  const own = asMap(value) === null ? value : rest;
  const checked = checkValue(checking.findings, { path, value: own, schema: ENVIRONMENT, quote: true, otherKeys });
  if (asMap(value) === null) return NO_ENVIRONMENT;
  const misspelt = misspeltAs(map, 'target', [...Object.keys(ENVIRONMENT.shape), ...otherKeys]) !== null;
  const checkedTarget = () => checkNamedUse(checking, 'targets', [...path, 'target'], target);
  return {
    tier: checked?.tier ?? null,
    traffic: checked?.traffic,
    identity: checked?.identity,
    target: misspelt ? null : target === undefined && !needsTarget ? undefined : checkedTarget(),
    router: router === undefined ? undefined : checkNamedUse(checking, 'routers', [...path, 'router'], router),
  };
}

/** `from` names the source; the other keys are that source's query. */
function checkMetric(checking: Checking, path: Path, value: PlanJson): ProviderUse | null {
  const { from, ...query } = asMap(value) ?? {};
  const misspelt = misspeltAs(asMap(value) ?? {}, 'from', ['from']);
  if (misspelt !== null) {
    const message = `unknown key "${shorten(misspelt)}", did you mean "from"?`;
    reportKey(checking.findings, [...path, misspelt], { message });
    return null;
  }
  const known = Object.keys(checking.language.catalogue.metricSources);
  const schema = z.enum(known);
  const at = from === undefined && asMap(value) === null ? path : [...path, 'from'];
  const provider = checkValue(checking.findings, { path: at, value: from, schema, quote: true });
  if (provider === null) return null;
  return checkUse(checking, { table: 'metricSources', provider, path, config: query });
}
