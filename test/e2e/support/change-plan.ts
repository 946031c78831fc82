/** What stands in a plan, and what a test puts there: times in seconds, and places on this machine. */
export type Changes = Readonly<Record<string, string>>;

/** The plan with every change made wherever it applies. Throws where one applies nowhere: then the plan was changed, and the test says nothing of it. */
export function changePlan(text: string, changes: Changes): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the plan has no "${from}"`);
    return changed.replaceAll(from, to);
  }, text);
}

/** A moment as local time of the zone UTC, to the second. */
export const utcTime = (moment: number): string => new Date(moment).toISOString().slice(0, 19);
