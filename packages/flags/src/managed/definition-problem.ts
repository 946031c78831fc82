import { checkFlagSet } from '../definition/check-flag-set.ts';
import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Finding } from '../definition/flag-problem.ts';
import { flagSchema } from '../definition/flag-set-schema.ts';
import type { Json } from '../json.ts';
import { aboutOf } from './about-of.ts';
import { fits, jsonSize } from './json-size.ts';
import { LIMITS } from './limits.ts';
import { flagKeyProblem, segmentNameProblem } from './names.ts';

/** Longer ones, and some control characters, no database counts by. */
const VARIANT = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** What is wrong with one flag's definition by itself, with what to do; null: nothing. */
export function definitionProblem(key: string, definition: FlagDefinition): string | null {
  const problem = flagKeyProblem(key) ?? sizeProblem(definition) ?? shapeProblem(key, definition);
  if (problem !== null) return `${key.slice(0, LIMITS.name)}: ${problem}`;
  const about = aboutOf(key, definition);
  if (about.ok) return null;
  return `${key}: ${about.problems.map(({ message }) => message).join(' ')}`;
}

/** What is wrong with one segment by itself; null: nothing. */
export function segmentProblem(name: string, rule: Json): string | null {
  const problem = segmentNameProblem(name);
  if (problem !== null) return problem;
  if (fits(rule as object, LIMITS.segment, LIMITS.depth)) return null;
  return `The rule of segment ${name} is too large: at most ${LIMITS.segment} characters, ${LIMITS.depth} levels.`;
}

function sizeProblem(definition: FlagDefinition): string | null {
  if (typeof definition !== 'object' || definition === null) return 'the definition must be an object.';
  const { characters, depth } = jsonSize(definition);
  if (depth > LIMITS.depth) return `the definition is nested too deeply: at most ${LIMITS.depth} levels.`;
  if (characters <= LIMITS.definition) return null;
  return `the definition is too large: at most ${LIMITS.definition} characters. Put long lists into a segment.`;
}

function shapeProblem(key: string, definition: FlagDefinition): string | null {
  const form = flagSchema.safeParse(definition);
  const [issue] = form.success ? [] : form.error.issues;
  if (issue !== undefined)
    return issue.path.length === 0 ? issue.message : `"${issue.path.join('/')}" ${issue.message}`;
  const name = Object.keys(definition.variants).find((each) => !VARIANT.test(each));
  if (name !== undefined)
    return `${JSON.stringify(name.slice(0, 60))} cannot be a variant's name: write 1 to ${LIMITS.name} characters, none of them a control character.`;
  // Its targeting is looked at with the segments of the set.
  return findingWords(checkFlagSet({ flags: { [key]: { ...definition, targeting: null } } }));
}

/** The first thing that is wrong, with its place in the flag; null: nothing is. */
export function findingWords([finding]: readonly Finding[]): string | null {
  if (finding === undefined) return null;
  const place = finding.path.slice(2).join('/');
  return place === '' ? finding.message : `${place}: ${finding.message}`;
}
