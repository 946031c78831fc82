import type { z } from 'zod';
import type { PlanJson, ProviderUse } from '../model/provider-use.ts';
import type { headKeys } from '../schema/head.ts';
import type { identity } from '../schema/identity.ts';
import type { PlanLanguage } from '../schema/language.ts';
import type { STEP_SCHEMAS } from '../schema/steps/step-schemas.ts';
import type { Path } from './path.ts';

type Schemas = typeof STEP_SCHEMAS;
export type Kind = keyof Schemas;

/** A step as its author wrote it, defaults of its keys filled in. */
export type Authored = {
  [K in Kind]: K extends 'check'
    ? { readonly kind: 'check'; readonly step: z.output<Schemas['check']>; readonly use: ProviderUse }
    : K extends 'soak'
      ? { readonly kind: 'soak'; readonly step: z.output<Schemas['soak']>; readonly uses: readonly ProviderUse[] }
      : { readonly kind: K; readonly step: z.output<Schemas[K]> };
}[Kind];

export type AuthoredOf<K extends Kind> = Extract<Authored, { kind: K }>;

/** Steps that are judged while they last. */
export type AuthoredWatch = AuthoredOf<'rollout'> | AuthoredOf<'flag-rollout'> | AuthoredOf<'soak'>;

export function isWatch(authored: Authored | null): authored is AuthoredWatch {
  return authored?.kind === 'rollout' || authored?.kind === 'flag-rollout' || authored?.kind === 'soak';
}

/** The key of the plan that makes a step be of its kind. */
export function keyOfKind(kind: Kind): string {
  return kind === 'flag-rollout' ? 'rollout' : kind;
}

/** One step of a plan that may have flaws. */
export interface DraftStep {
  readonly path: Path;
  /** Index of its phase. */
  readonly phase: number;
  /** null: none is given and none can be made from the title. */
  readonly id: string | null;
  /** null: its form is wrong, and that is reported. */
  readonly authored: Authored | null;
}

export interface DraftPhase {
  readonly path: Path;
  readonly name: string;
  /** No step of it may change anything. */
  readonly isReadOnly: boolean;
  readonly steps: readonly DraftStep[];
  /** There where it is made of the end of a scenario: the name of that one. */
  readonly frozen?: string;
}

export interface DraftEnvironment {
  readonly tier: 'production' | 'staging' | null;
  /** undefined: none is given, or its form is wrong, as that of the tier then is. */
  readonly traffic: string | undefined;
  /** As that of the traffic. */
  readonly identity: z.output<ReturnType<typeof identity>> | undefined;
  /** undefined: none is given where none is needed; null: its form is wrong. */
  readonly target: ProviderUse | null | undefined;
  /** undefined: none is given; null: its form is wrong. */
  readonly router: ProviderUse | null | undefined;
}

type Head = { readonly [K in keyof typeof headKeys]: z.output<(typeof headKeys)[K]> | null };

/** A plan as far as its form is right: what can still be checked is checked, whatever is wrong elsewhere. */
export interface Draft extends Head {
  /** Templates of "messages" that are the team's file's, and not the plan's own. Absent: none is. */
  readonly teamTemplates?: ReadonlySet<string>;
  readonly language: PlanLanguage;
  readonly environments: ReadonlyMap<string, DraftEnvironment>;
  /** null: its form is wrong. */
  readonly metrics: ReadonlyMap<string, ProviderUse | null>;
  readonly channels: ReadonlyMap<string, ProviderUse | null>;
  readonly phases: readonly DraftPhase[];
}

/** Every step, in the order of the file. */
export function stepsOf(draft: Draft): readonly DraftStep[] {
  return draft.phases.flatMap((phase) => phase.steps);
}

/** Steps of one kind whose form is right. */
export function stepsOfKind<K extends Kind>(
  draft: Draft,
  kind: K,
): readonly (DraftStep & { readonly authored: AuthoredOf<K> })[] {
  return stepsOf(draft).filter(
    (step): step is DraftStep & { readonly authored: AuthoredOf<K> } => step.authored?.kind === kind,
  );
}

/** A map of the file; null where the value is something else. */
export function asMap(value: PlanJson | undefined): Readonly<Record<string, PlanJson>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, PlanJson>>)
    : null;
}
