import { coerce, compare, parse } from 'semver';
import type { SemVer } from 'semver';
import { asList } from './coerce.ts';
import type { Operator } from './scope.ts';

type Test = (left: SemVer, right: SemVer) => boolean;

/** What sem_ver knows; `^`: the same major version, `~`: the same major and minor one. */
export const VERSION_TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['=', (left, right) => compare(left, right) === 0],
  ['!=', (left, right) => compare(left, right) !== 0],
  ['<', (left, right) => compare(left, right) < 0],
  ['<=', (left, right) => compare(left, right) <= 0],
  ['>=', (left, right) => compare(left, right) >= 0],
  ['>', (left, right) => compare(left, right) > 0],
  ['^', (left, right) => left.major === right.major],
  ['~', (left, right) => left.major === right.major && left.minor === right.minor],
]);

/** `sem_ver`: version, operator, version; null where one of them is none. */
export const semVer: Operator = (args, compiler) => {
  const given = compiler.compile(args);
  const known = Array.isArray(args) && args.length === 3 && typeof args[2] === 'string' ? parseVersion(args[2]) : null;
  return {
    compute: (data, run) => {
      const list = asList(given.compute(data, run));
      if (list.length !== 3) return null;
      const left = parseVersion(list[0]);
      const right = known ?? parseVersion(list[2]);
      if (left === null || right === null) return null;
      return VERSION_TESTS.get(String(list[1]))?.(left, right) ?? null;
    },
  };
};

/** Leave a `v` in front, or minor and patch left out; what else is no version is null. */
export function parseVersion(raw: unknown): SemVer | null {
  const text = String(raw).replace(/^[vV]/, '');
  return parse(text) ?? (/^\d+(\.\d+)?$/.test(text) ? coerce(text) : null);
}
