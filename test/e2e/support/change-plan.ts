/** What stands in a plan, and what a test puts there: times in seconds, and places on this machine. */
export type Changes = Readonly<Record<string, string | number>>;

/** The plan with every change made wherever it applies. Throws where one applies nowhere: then the plan was changed, and no test may wait for two days. */
export function changePlan(text: string, changes: Changes): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the plan has no "${from}"`);
    return changed.replaceAll(from, String(to));
  }, text);
}

/** The head of a plan with one phase that puts a version into these environments. */
export function installing(plan: string, ...environments: readonly string[]): string {
  const [head = ''] = plan.split(/^phases:/m, 1);
  const steps = environments.map((name) => `      - { deploy: ${name}, needs: [] }`);
  return `${head}phases:\n  - phase: install\n    steps:\n${steps.join('\n')}\n`;
}

/** A moment as local time of the zone UTC, to the second. */
export const utcTime = (moment: number): string => new Date(moment).toISOString().slice(0, 19);
