import type { PlanJson } from '../model/provider-use.ts';
import { VERSION_RANGE, type AttributeRule } from '../schema/segments.ts';

/** The JSONLogic of a segment: true for whom all of its attributes match. */
export function segmentRule(attributes: Readonly<Record<string, AttributeRule>>): PlanJson {
  const rules = Object.entries(attributes).map(([attribute, rule]) => attributeLogic({ var: attribute }, rule));
  const [only, ...others] = rules;
  return only !== undefined && others.length === 0 ? only : { and: rules };
}

/** Null attributes and texts where a number is meant match nothing: `===` compares types as well. */
function attributeLogic(attribute: PlanJson, rule: AttributeRule): PlanJson {
  if (Array.isArray(rule)) return { in: [attribute, rule] };
  if (typeof rule !== 'object') return { '===': [attribute, rule] };
  if ('ends-with' in rule) return { ends_with: [attribute, rule['ends-with']] };
  if ('starts-with' in rule) return { starts_with: [attribute, rule['starts-with']] };
  if ('version' in rule) return versionLogic(attribute, rule.version);
  return { '!': [attributeLogic(attribute, rule.not)] };
}

/** Its form is checked by the schema. A version alone is that very version. */
function versionLogic(attribute: PlanJson, written: string): PlanJson {
  const [, operator = '=', version = ''] = VERSION_RANGE.exec(written) ?? [];
  return { sem_ver: [attribute, operator, version] };
}
