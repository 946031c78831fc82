import type { ProviderContext } from '@slipway/provider-kit';
import type { CiRun, CiService } from './ci-run.ts';
import type { Wanted } from './green-row.ts';
import { greenRow } from './green-row.ts';
import { readPage } from './read-page.ts';

/** GitHub gives no more than a thousand runs. */
const MAX_PAGES = 10;

export interface Collecting {
  readonly service: CiService;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly wanted: Wanted;
  /** Which runs count, besides what the service looked for. */
  readonly counts: (run: CiRun) => boolean;
}

/** The runs of as many pages as decide whether the row of green ones is long enough. */
export async function collectRuns(collecting: Collecting, context: ProviderContext<'http'>): Promise<readonly CiRun[]> {
  const { service, headers, timeoutMs, wanted, counts } = collecting;
  // A run that begins between two pages moves the others on: the same one may come twice.
  const byId = new Map<number, CiRun>();
  for (let number = 1; number <= MAX_PAGES; number += 1) {
    const request = { url: service.pageUrl(number), headers, timeoutMs, title: service.title };
    const page = service.readPage(await readPage(request, context));
    for (const run of page.runs.filter(counts)) byId.set(run.id, run);
    const { isLongEnough, brokenBy } = greenRow([...byId.values()], wanted, context.now());
    if (!page.full || isLongEnough || brokenBy !== null) break;
  }
  return [...byId.values()];
}
