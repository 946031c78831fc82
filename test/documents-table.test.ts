import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPlanLanguage, formatProblem, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const PAGE = join(import.meta.dirname, '../docs/explanation/from-documents-to-plans.md');

interface Row {
  readonly said: string;
  /** Code of the second column. */
  readonly paths: readonly string[];
  readonly how: string;
}

interface Section {
  readonly title: string;
  /** Files of the plans that it is about. */
  readonly plans: readonly string[];
  readonly rows: readonly Row[];
}

function sectionsOf(page: string): readonly Section[] {
  const [, ...sections] = page.split(/^## /m);
  return sections.map((text) => {
    const links = [...text.matchAll(/\]\(([^)]*\.yaml)\)/g)].map(([, target = '']) => join(dirname(PAGE), target));
    return {
      title: text.split('\n', 1)[0] ?? '',
      plans: [...new Set(links)].filter((file) => /^phases:/m.test(readFileSync(file, 'utf8'))),
      rows: text.split('\n').flatMap((line) => rowOf(line)),
    };
  });
}

/** A line of a table, without its head. */
function rowOf(line: string): readonly Row[] {
  const [first, said = '', plan = '', how = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  if (first !== '' || said === '' || /^-+$/.test(said) || said === 'The document') return [];
  return [{ said, paths: [...plan.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path), how }];
}

type Node = unknown;

/** A plan as it is written, with its steps by their ids, those that they get by themselves too. */
function planOf(file: string): Node {
  const text = readFileSync(file, 'utf8');
  const parsed = parsePlan(text, { file, language: createPlanLanguage(registry), standInVersion: '1.0.0' });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const written = parse(text) as {
    readonly phases: readonly { readonly phase: string; readonly steps: readonly object[] }[];
  };
  const phases = written.phases.map(({ phase, steps }, at) => {
    const named = steps.map((step, index) => [parsed.plan.phases[at]?.steps[index] ?? '', step] as const);
    return [phase, Object.fromEntries(named)] as const;
  });
  return { ...written, phases: Object.fromEntries(phases) };
}

/** Follows a path: keys, places in lists, and announcements by their moment. */
function follow(node: Node, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return node !== undefined;
  if (Array.isArray(node))
    return node.some((item: Node, index) => (String(index) === name || momentOf(item) === name) && follow(item, rest));
  if (node === null || typeof node !== 'object' || !Object.hasOwn(node, name)) return false;
  return follow((node as Readonly<Record<string, Node>>)[name], rest);
}

const momentOf = (item: Node): Node => (item as { readonly on?: Node } | null)?.on;

/** Of a row that names no key. */
const WHO = /\*\*(?:by itself|a person|not yet)\*\*/i;
const SECTIONS = sectionsOf(readFileSync(PAGE, 'utf8'));

describe('from documents to plans', () => {
  test('has a section for each document, with plans and rows', () => {
    expect(SECTIONS.length).toBeGreaterThanOrEqual(2);
    const empty = SECTIONS.filter(({ rows, plans }) => rows.length < 30 || plans.length === 0);
    expect(empty.map(({ title }) => title)).toEqual([]);
  });

  test.each(SECTIONS.map((section) => [section.title, section] as const))(
    '%s: every key that it names is in a plan, and every row says who does it',
    (_, { plans, rows }) => {
      const written = plans.map(planOf);
      const paths = rows.flatMap((row) => row.paths);
      expect(paths.filter((path) => !written.some((plan) => follow(plan, path.split('.'))))).toEqual([]);
      const silent = rows.filter((row) => row.paths.length === 0 && !WHO.test(row.how));
      expect(silent.map(({ said }) => said)).toEqual([]);
    },
  );

  test.each([
    ['phases', true],
    ['smoke.http', true],
    ['announcements.held.again', true],
    ['announcements.0.on', true],
    ['smok', false],
    ['smoke.http.url', false],
    ['smoke.toString', false],
    ['announcements.held.text', false],
    ['announcements.1', false],
    ['metrics.errors', false],
  ])('%s is there: %s', (path, there) => {
    const plan = { phases: [], smoke: { http: {} }, announcements: [{ on: 'held', again: '1h' }] };
    expect(follow(plan, path.split('.'))).toBe(there);
  });
});
