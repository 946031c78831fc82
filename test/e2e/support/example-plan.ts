import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './real-server.ts';

/** An example in a folder of its own, beside the shop that it launches. */
export interface ExampleFolder extends Disposable {
  readonly folder: string;
  /** What stands above it: the shop's folder and the example's are in it. */
  readonly root: string;
  /** The text of a file of the example. */
  read(file: string): string;
}

export function copyExample(name: string): ExampleFolder {
  const root = mkdtempSync(join(tmpdir(), 'slipway-example-'));
  for (const example of [name, 'shop'])
    cpSync(join(ROOT, 'examples', example), join(root, example), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const folder = join(root, name);
  return {
    folder,
    root,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/**
 * A plan with some of its text replaced, wherever it stands: days by seconds, addresses by those of this machine. Throws where
 * one of them is not in it, so that no test waits for two days.
 */
export function replaced(text: string, table: Readonly<Record<string, string | number>>): string {
  return Object.entries(table).reduce((plan, [from, to]) => {
    if (!plan.includes(from)) throw new Error(`the plan has no ${from}`);
    return plan.replaceAll(from, String(to));
  }, text);
}

/** The head of a plan with one phase that puts a version into these environments. */
export function installing(plan: string, ...environments: readonly string[]): string {
  const [head = ''] = plan.split(/^phases:/m, 1);
  const steps = environments.map((name) => `      - { deploy: ${name}, needs: [] }`);
  return `${head}phases:\n  - phase: install\n    steps:\n${steps.join('\n')}\n`;
}
