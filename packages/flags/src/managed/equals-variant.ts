import type { Json } from '../json.ts';

/**
 * A rule that is true where a flag with this targeting serves the variant; true or false where that is so for everybody.
 * `otherwise`: what the flag serves where its targeting gives null.
 */
export function equalsVariant(targeting: Json, otherwise: string | null, variant: string): Json {
  if (targeting === null) return otherwise === variant;
  if (typeof targeting !== 'object') return String(targeting) === variant;
  const branches = branchesOf(targeting);
  if (branches === null) return { in: [targeting, accepted(otherwise, variant)] };
  const compared = branches.map((each, index) =>
    isResult(index, branches) ? equalsVariant(each, otherwise, variant) : each,
  );
  const results = compared.filter((_, index) => isResult(index, compared));
  const [first] = results;
  return typeof first === 'boolean' && results.every((each) => each === first) ? first : { if: compared };
}

/** Conditions and results in turn, the last result always there; null: it is no choice between results. */
function branchesOf(targeting: object): readonly Json[] | null {
  const { if: args, ...others } = targeting as { readonly if?: Json };
  if (!Array.isArray(args) || args.length < 2 || Object.keys(others).length > 0) return null;
  const list = args as readonly Json[];
  return list.length % 2 === 0 ? [...list, null] : list;
}

function isResult(index: number, branches: readonly Json[]): boolean {
  return index % 2 === 1 || index === branches.length - 1;
}

/** What targeting may give for a variant: flagd takes true and 1 for the variants "true" and "1". */
function accepted(otherwise: string | null, variant: string): readonly Json[] {
  const number = Number(variant);
  return [
    variant,
    ...(variant === 'true' ? [true] : []),
    ...(variant === 'false' ? [false] : []),
    ...(String(number) === variant && Number.isFinite(number) ? [number] : []),
    ...(otherwise === variant ? [null] : []),
  ];
}
