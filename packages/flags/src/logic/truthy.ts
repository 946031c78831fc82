/** JSONLogic's truth, as json-logic-engine has it: empty lists and empty objects are false, besides JavaScript's own. */
export function truthy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  return Object.keys(value).length > 0;
}
