import { z } from 'zod';
import { checkValue } from '../parse/check-value.ts';
import { asMap } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import { locate } from '../parse/locate.ts';
import { sortProblems } from '../parse/problem.ts';
import type { Problem } from '../parse/problem.ts';
import { readYaml } from '../parse/read-yaml.ts';
import { parseDuration } from '../text/duration.ts';
import type { ChecksFloor, Policy, SignoffFloor } from './policy.ts';
import { policySchema } from './policy-schema.ts';

export type PolicyResult =
  | { readonly ok: true; readonly policy: Policy }
  /** In the order of the file. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a policy: everything that is wrong at once, by line and column. Pure and bounded as parsePlan is; never throws on any text. */
export function parsePolicy(text: string, { file }: { readonly file: string }): PolicyResult {
  const yaml = readYaml(file, text);
  if (!yaml.ok) return yaml;
  const { findings, complete } = locate(file, text, yaml);
  const { value } = findings.source;
  let written: z.output<typeof policySchema> | null = null;
  if (complete && asMap(value) === null)
    // An empty file is more likely cut off than meant: what it should forbid would be allowed.
    reportValue(findings, [], { message: 'a policy is a map of keys and values', expected: 'signoffs or waivers' });
  else if (complete) written = checkValue(findings, { path: [], value, schema: policySchema, quote: true });
  if (written === null || findings.errors > 0) return { ok: false, problems: sortProblems(findings.problems) };
  return { ok: true, policy: resolved(written) };
}

type Written = z.output<typeof policySchema>;
type WrittenFloor = NonNullable<Written['signoffs']['production']>;

type WrittenChecks = NonNullable<NonNullable<Written['checks']>['production']>;

function resolved({ people, signoffs, checks, waivers, 'forbid-commands': forbidCommands }: Written): Policy {
  const { production, staging } = signoffs;
  return {
    people,
    signoffs: {
      ...(production === undefined ? {} : { production: floorOf(production) }),
      ...(staging === undefined ? {} : { staging: floorOf(staging) }),
    },
    // Left out where it is not written: the digest of a policy from before it was there stays what it was.
    ...(checks?.production === undefined ? {} : { checks: { production: checksFloorOf(checks.production) } }),
    waivers: {
      secondPerson: waivers['second-person'] ?? null,
      longest: waivers.longest === undefined ? null : parseDuration(waivers.longest),
      never: waivers.never,
    },
    forbidCommands,
  };
}

function floorOf({ by, not, distinct, expires }: WrittenFloor): SignoffFloor {
  return { quorum: by, not, distinct, expires: expires === undefined ? null : parseDuration(expires) };
}

function checksFloorOf({ rehearsal, 'rollback-rehearsed': within }: WrittenChecks): ChecksFloor {
  return {
    rehearsal: rehearsal === 'required',
    rollbackRehearsed: within === undefined ? null : parseDuration(within),
  };
}

/** JSON Schema (draft 2020-12) of a policy, for completion and checks in an editor. */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policySchema, { io: 'input', target: 'draft-2020-12' });
  return { $id: 'urn:slipway:policy', title: 'Slipway policy', ...schema };
}
