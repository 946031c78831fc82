import type { XmlElement } from './parse-xml.ts';
import { attributeOf, childNames, childrenOf } from './parse-xml.ts';
import { plainText } from './plain-text.ts';
import type { Outcome, Tally } from './tally.ts';
import { addTo, noTests, testsIn } from './tally.ts';
import { disagreement } from './totals.ts';

/** What one report says: each test counted, whatever the totals claim. */
export interface TestCounts {
  readonly tally: Tally;
  /** Names of the first that failed or broke. */
  readonly failures: string[];
  /** Totals that are not those of the tests beneath them. */
  readonly disagreements: string[];
  /** Timestamps of the suites as they are written. */
  readonly timestamps: string[];
}

const MAX_NAMED = 20;
const ROOTS = ['testsuites', 'testsuite'] as const;

/** Counts the tests of a document; null where it is no JUnit report. */
export function countTests(root: XmlElement): TestCounts | null {
  const counts: TestCounts = { tally: noTests(), failures: [], disagreements: [], timestamps: [] };
  const suites = ROOTS.flatMap((name) => childrenOf(root, name));
  if (suites.length === 0) return null;
  for (const suite of suites) addTo(counts.tally, countSuite(suite, counts));
  return counts;
}

/** What stands under one suite: its own tests, and those of the suites in it as well. */
interface Beneath {
  readonly own: Tally;
  readonly all: Tally;
  suites: number;
  failing: number;
}

function countSuite(suite: XmlElement, counts: TestCounts): Tally {
  const beneath: Beneath = { own: noTests(), all: noTests(), suites: 0, failing: 0 };
  const timestamp = attributeOf(suite, 'timestamp');
  if (timestamp !== null) counts.timestamps.push(timestamp);
  for (const name of childNames(suite)) {
    for (const child of childrenOf(suite, name)) countChild({ name, child }, beneath, counts);
  }
  const wrong = disagreement(suite, beneath);
  if (wrong !== null && counts.disagreements.length < MAX_NAMED) counts.disagreements.push(wrong);
  return beneath.all;
}

interface Named {
  readonly name: string;
  readonly child: XmlElement;
}

/** Tests are looked for in every element that could hold one: what is not known must not hide a failure. */
function countChild({ name, child }: Named, beneath: Beneath, counts: TestCounts): void {
  if (name === 'properties' || name === 'system-out' || name === 'system-err') return;
  if (name === 'failure' || name === 'error') {
    // The suite itself broke: its preparation, for example.
    beneath.all.errored += 1;
    remember('errored', child, counts);
  } else if (name === 'testcase') {
    const outcome = outcomeOf(child);
    beneath.own[outcome] += 1;
    beneath.all[outcome] += 1;
    remember(outcome, child, counts);
  } else {
    const inner = countSuite(child, counts);
    addTo(beneath.all, inner);
    if (name === 'testsuite' || testsIn(inner) > 0) beneath.suites += 1;
    if (inner.failed + inner.errored > 0) beneath.failing += 1;
  }
}

function remember(outcome: Outcome, element: XmlElement, { failures }: TestCounts): void {
  if (outcome !== 'failed' && outcome !== 'errored') return;
  if (failures.length < MAX_NAMED) failures.push(nameOf(element));
}

/** As writers say in an attribute that a test did not pass. */
const BAD = /^\s*(?:fail(?:ed|ure)?|error(?:ed)?|broken|aborted|time[-_ ]?d?[-_ ]?out|interrupted|unknown)\s*$/i;

/** The worst that is said of a test. Some writers say it in an attribute alone; GoogleTest so of one that is switched off. */
function outcomeOf(test: XmlElement): Outcome {
  if (childrenOf(test, 'error').length > 0) return 'errored';
  if (childrenOf(test, 'failure').length > 0) return 'failed';
  const said = [attributeOf(test, 'status') ?? '', attributeOf(test, 'result') ?? ''];
  if (said.some((word) => BAD.test(word))) return 'failed';
  const isOff = said[0] === 'notrun' || said[1] === 'suppressed';
  return isOff || childrenOf(test, 'skipped').length > 0 ? 'skipped' : 'passed';
}

function nameOf(element: XmlElement): string {
  const group = attributeOf(element, 'classname') ?? '';
  const name = attributeOf(element, 'name') ?? attributeOf(element, 'message') ?? 'without a name';
  return plainText(group === '' || name.startsWith(group) ? name : `${group} > ${name}`);
}
