import { wallClock } from '../calendar/wall-clock.ts';
import type { Plan } from '../model/plan.ts';
import { formatPath, shorten } from '../parse/path.ts';
import type { Ignored, Places } from '../parse/places.ts';
import type { Problem } from '../parse/problem.ts';
import { planOfScenario } from '../scenarios/plan-of-scenario.ts';
import { isRedFlagCode, RED_FLAGS } from './catalogue/catalogue.ts';
import { look } from './look.ts';
import type { FlagSeverity, RedFlag } from './red-flag.ts';
import type { Found, Rule } from './rule.ts';
import { announcedTooEarly } from './rules/announced-too-early.ts';
import { bigBangMigration } from './rules/big-bang-migration.ts';
import { type BlindRollout, blindRollout } from './rules/blind-rollout.ts';
import { cannotFire } from './rules/cannot-fire.ts';
import { firstSeenInProduction } from './rules/first-seen-in-production.ts';
import { friday } from './rules/friday.ts';
import { loneApprover } from './rules/lone-approver.ts';
import { longHandList } from './rules/long-hand-list.ts';
import { neverRehearsed } from './rules/never-rehearsed.ts';
import { noBaseline } from './rules/no-baseline.ts';
import { noEscalation } from './rules/no-escalation.ts';
import { noOwner } from './rules/no-owner.ts';
import { noWayBack } from './rules/no-way-back.ts';
import { unmarkedDestruction } from './rules/unmarked-destruction.ts';

const RULES: readonly Rule[] = [
  noWayBack,
  neverRehearsed,
  noOwner,
  noBaseline,
  firstSeenInProduction,
  friday,
  bigBangMigration,
  unmarkedDestruction,
  loneApprover,
  announcedTooEarly,
  cannotFire,
  noEscalation,
  longHandList,
];

/** Of one plan, the gravest first: more help nobody. */
const MOST_FLAGS = 200;

/** What is known of a plan that may be launched. */
export interface Linted {
  readonly plan: Plan;
  readonly places: Places;
  /** Of the parser: those with a code are red flags. */
  readonly warnings: readonly Problem[];
  readonly blind: readonly BlindRollout[];
  /** Epoch ms: an end of what is passed over may be behind it. */
  readonly now: number;
}

/** The red flags of a plan, errors first, in the order of the file. What the plan passes over is among them, and marked. Pure, never throws. */
export function findRedFlags({ plan, places, warnings, blind, now }: Linted): readonly RedFlag[] {
  const found = onceEach(
    ways(plan).flatMap(({ way, chosen }) => {
      const looking = look(way, places, chosen);
      return [...RULES.flatMap((rule) => rule(looking)), ...blindRollout(looking, blind)];
    }),
  );
  const today = wallClock(plan.zone, now).date;
  const flags = [...found.map((each) => flagOf(each, places)), ...warnings.flatMap(flagOfProblem)];
  return flags
    .map((flag) => ({ ...flag, ignored: ignoredBy(places.ignored, flag.code, today) }))
    .toSorted(byWeight)
    .slice(0, MOST_FLAGS);
}

/** What another scenario would have done comes in front of nothing: each is looked at by itself. */
function ways(plan: Plan): readonly { readonly way: Plan; readonly chosen: readonly string[] }[] {
  const offer = Object.values(plan.scenarios?.offer ?? {});
  if (offer.length === 0) return [{ way: plan, chosen: [] }];
  return offer.map(({ name, phases }) => ({ way: planOfScenario(plan, name), chosen: phases }));
}

function onceEach(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.map((each) => [`${each.code} ${formatPath(each.path)}`, each])).values()];
}

type Unweighed = Omit<RedFlag, 'ignored'>;

function flagOf({ code, severity, path, part = 'value', said }: Found, places: Places): Unweighed {
  const place = { file: places.file, ...places.at(path, part), path: formatPath(path) };
  return { code, severity, ...RED_FLAGS[code], said, ...place };
}

/** What the parser says is in English. */
function flagOfProblem({ code, severity, message, file, line, column, path }: Problem): readonly Unweighed[] {
  if (code === undefined || !isRedFlagCode(code)) return [];
  const fr = code === 'SLW015' ? `${shorten(path)} ressemble à un secret, et un plan est lu par beaucoup` : message;
  return [{ code, severity, ...RED_FLAGS[code], said: { en: message, fr }, file, line, column, path }];
}

function ignoredBy(ignored: readonly Ignored[], code: string, today: string): Ignored | null {
  return ignored.find((each) => each.code === code && today <= each.until) ?? null;
}

const WEIGHT: Readonly<Record<FlagSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Sorting is stable: flags of one place stay in the order of the rules. */
function byWeight(a: RedFlag, b: RedFlag): number {
  return WEIGHT[a.severity] - WEIGHT[b.severity] || a.line - b.line || a.column - b.column;
}
