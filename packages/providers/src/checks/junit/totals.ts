import type { XmlElement } from './parse-xml.ts';
import { attributeOf } from './parse-xml.ts';
import { plainText } from './plain-text.ts';
import type { Tally } from './tally.ts';
import { testsIn } from './tally.ts';

/** What was counted beneath a suite. */
export interface Counted {
  /** Its own tests. */
  readonly own: Tally;
  /** With the tests of the suites in it. */
  readonly all: Tally;
  /** How many suites stand directly in it. */
  readonly suites: number;
  /** In how many of these something failed. */
  readonly failing: number;
}

/**
 * What a suite's totals say that its tests do not; null where they agree. Writers mean different things by a total: all the tests
 * beneath (JUnit, PHPUnit), the suite's own tests, or its children, suites in it being one each (Node's test runner).
 */
export function disagreement(suite: XmlElement, { own, all, suites, failing }: Counted): string | null {
  // GoogleTest counts what is switched off as `disabled`, beside what is skipped.
  const off = Number(attributeOf(suite, 'disabled') ?? 0);
  const wrong = [
    differing(suite, 'tests', [testsIn(all), testsIn(own), testsIn(own) + suites]),
    differing(suite, 'failures', [all.failed, own.failed, own.failed + failing]),
    differing(suite, 'errors', [all.errored, own.errored]),
    differing(suite, 'skipped', [all.skipped, own.skipped, all.skipped - off, own.skipped - off]),
  ].find((text) => text !== null);
  return wrong === undefined ? null : `${plainText(attributeOf(suite, 'name') ?? 'a suite')}: ${wrong}`;
}

function differing(suite: XmlElement, name: string, fitting: readonly number[]): string | null {
  const text = attributeOf(suite, name);
  if (text === null || text.trim() === '') return null;
  const agrees = /^\s*\d{1,9}\s*$/.test(text) && fitting.includes(Number(text));
  return agrees ? null : `${name} says ${plainText(text).slice(0, 20)}, counted ${fitting[0] ?? 0}`;
}
