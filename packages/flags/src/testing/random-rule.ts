import fc from 'fast-check';
import type { Json } from '../json.ts';

/** What random contexts hold, and what random rules look up. */
const PATHS = [
  'country',
  'n',
  'on',
  'roles',
  'scores',
  'user.name',
  'user.address.city',
  'user',
  'empty',
  'nothing',
  'targetingKey',
];
const ITEM_PATHS = ['', 'x', '../../country', '../../n'];
const VARIANTS = ['on', 'off', 'a', 'true', 'false', '1'];

const word = fc.constantFrom('', 'a', 'b', 'on', 'off', 'FR', 'DE', '1', '10', '-2', '1.2.0', 'abc');
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom<Json>(0, 1, 2, -1, 2.5, 10, 100) },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);
const words = fc.array(fc.constantFrom('a', 'b', 'on', 'FR', 'DE', '1'), { maxLength: 4 });
const numbers = fc.array(fc.constantFrom(0, 1, 2, 3, -1, 2.5), { maxLength: 4 });

export const randomContext: fc.Arbitrary<Readonly<Record<string, Json>>> = fc.record(
  {
    targetingKey: fc.stringMatching(/^[a-z0-9@.-]{0,12}$/),
    country: fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: scalar }),
    n: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -3, max: 12 }) }, { weight: 1, arbitrary: scalar }),
    on: fc.boolean(),
    roles: fc.oneof<fc.Arbitrary<Json>[]>(words, fc.constant([]), scalar),
    scores: fc.oneof<fc.Arbitrary<Json>[]>(numbers, numbers, scalar),
    user: fc.oneof<fc.Arbitrary<Json>[]>(
      fc.record(
        { name: word, address: fc.oneof<fc.Arbitrary<Json>[]>(fc.record({ city: word }), scalar) },
        { requiredKeys: [], noNullPrototype: true },
      ),
      scalar,
    ),
    empty: fc.constantFrom<Json>({}, [], '', 0, null),
  },
  { requiredKeys: [], noNullPrototype: true },
);

interface Place {
  readonly depth: number;
  readonly inItem: boolean;
}

/** A rule over all operators that flagd knows, nested up to `depth`. Custom operators stay out of items: flagd's core cannot run them there. */
export function randomRule({ depth, inItem }: Place = { depth: 3, inItem: false }): fc.Arbitrary<Json> {
  if (depth === 0) return fc.oneof({ weight: 2, arbitrary: scalar }, { weight: 3, arbitrary: variable(inItem) });
  const inner = { depth: depth - 1, inItem };
  const value = randomRule(inner);
  const bracketed = fc.oneof(
    { weight: 3, arbitrary: value.filter(notBare) },
    { weight: 1, arbitrary: fc.oneof<fc.Arbitrary<Json>[]>(words, numbers) },
  );
  const item = randomRule({ depth: depth - 1, inItem: true });
  const plain: fc.Arbitrary<Json>[] = [
    scalar,
    variable(inItem),
    fc.array(value, { minLength: 1, maxLength: 5 }).map((args) => ({ if: args })),
    ...['==', '===', '!=', '!==', '>', '>=', '<', '<='].map((name) =>
      fc.tuple(value, value).map((args) => ({ [name]: args })),
    ),
    ...['<', '<='].map((name) => fc.tuple(value, value, value).map((args) => ({ [name]: args }))),
    ...['or', 'and', '+', '-', '*', 'max', 'min', 'merge'].map((name) =>
      fc.array(value, { minLength: 2, maxLength: 4 }).map((args) => ({ [name]: args })),
    ),
    ...['+', '-', 'merge', 'or', 'and'].map((name) => value.map((args) => ({ [name]: [args] }))),
    ...['/', '%'].map((name) => fc.tuple(value, value).map((args) => ({ [name]: args }))),
    ...['!', '!!'].map((name) => value.map((args) => ({ [name]: [args] }))),
    ...['!', '!!'].map((name) => value.filter((args) => !Array.isArray(args)).map((args) => ({ [name]: args }))),
    fc.array(value.filter(notBare), { minLength: 1, maxLength: 3 }).map((args) => ({ cat: args })),
    fc.tuple(value, bracketed).map((args) => ({ in: args })),
    fc.tuple(word, fc.constantFrom(-2, -1, 0, 1, 2)).map((args) => ({ substr: args })),
    fc
      .tuple(value, fc.constantFrom(-2, -1, 0, 1, 2), fc.constantFrom(-2, -1, 0, 1, 2))
      .map((args) => ({ substr: args })),
    ...['map', 'filter', 'some', 'none', 'all'].map((name) =>
      fc.tuple(bracketed, item).map((args) => ({ [name]: args })),
    ),
    fc.tuple(bracketed, reducer(depth), scalar).map((args) => ({ reduce: args })),
    fc.array(fc.constantFrom(...PATHS), { maxLength: 3 }).map((args) => ({ missing: args })),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.constantFrom(...PATHS), { maxLength: 3 }))
      .map((args) => ({ missing_some: args })),
  ];
  return fc.oneof(...(inItem ? plain : [...plain, ...custom(value)]));
}

function custom(value: fc.Arbitrary<Json>): fc.Arbitrary<Json>[] {
  const weight = fc.oneof<fc.Arbitrary<Json>[]>(
    fc.integer({ min: -1, max: 50 }),
    fc.integer({ min: 0, max: 50 }),
    value,
  );
  const share = fc.oneof<fc.Arbitrary<Json>[]>(
    fc.tuple(fc.constantFrom(...VARIANTS), fc.integer({ min: 0, max: 50 })),
    fc.tuple(value, weight),
    fc.tuple(fc.constantFrom(...VARIANTS)),
  );
  const shares = fc.array(share, { minLength: 1, maxLength: 4 });
  const version = fc.oneof<fc.Arbitrary<Json>[]>(fc.constantFrom('1.2.0', 'v1.2', '2', 'x', '1.2.0-a'), value);
  return [
    shares.map((args) => ({ fractional: args })),
    fc.tuple(value, shares).map(([seed, args]) => ({ fractional: [seed, ...args] })),
    fc
      .tuple(version, fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '^', '~', '?'), version)
      .map((args) => ({ sem_ver: args })),
    fc.tuple(value, value).map((args) => ({ starts_with: args })),
    fc.tuple(value, value).map((args) => ({ ends_with: args })),
  ];
}

function reducer(depth: number): fc.Arbitrary<Json> {
  const part = fc.constantFrom<Json>({ var: 'accumulator' }, { var: 'current' });
  return fc.oneof<fc.Arbitrary<Json>[]>(
    fc
      .tuple(fc.constantFrom('+', '-', '*', 'cat', 'max', 'merge', 'or', 'and'), part, part)
      .map(([name, a, b]) => ({ [name]: [a, b] })),
    randomRule({ depth: depth - 1, inItem: true }),
  );
}

function variable(inItem: boolean): fc.Arbitrary<Json> {
  const path = inItem ? fc.constantFrom(...ITEM_PATHS) : fc.constantFrom(...PATHS, '$flagd.flagKey');
  return fc.oneof<fc.Arbitrary<Json>[]>(
    path.map((name) => ({ var: name })),
    path.map((name) => ({ var: [name] })),
    fc.tuple(path, scalar).map((args) => ({ var: args })),
  );
}

/** json-logic-engine puts no brackets around what it makes of these, and joins their parts with what stands beside them. */
const BARE: ReadonlySet<string> = new Set(['or', 'and', 'all', 'missing', 'missing_some']);

function notBare(rule: Json): boolean {
  return typeof rule !== 'object' || rule === null || Array.isArray(rule) || !BARE.has(Object.keys(rule)[0] ?? '');
}
