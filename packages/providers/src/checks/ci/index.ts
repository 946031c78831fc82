import type { CheckProvider, EvidenceItem } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import type { CiRun, CiService } from './ci-run.ts';
import { collectRuns } from './collect-runs.ts';
import { githubRuns } from './github-runs.ts';
import { gitlabPipelines } from './gitlab-pipelines.ts';
import type { GreenRow, Wanted } from './green-row.ts';
import { greenRow } from './green-row.ts';
import { runItems, runName } from './run-items.ts';
import type { CiCheckConfig } from './schema.ts';
import { ciCheckSchema } from './schema.ts';

type Needs = 'http' | 'secret';

/** Looks whether the newest completed runs of continuous integration are green, how many of them and for how long. */
export const ciCheck: CheckProvider<CiCheckConfig, Needs> = {
  kind: 'check',
  name: 'ci',
  schema: ciCheckSchema,
  needs: ['http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const service = serviceOf(config);
    const token = config.token === undefined ? null : (await context.secret(config.token)).trim();
    const headers = { ...service.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    const wanted: Wanted = { cycles: config.cycles, greenFor: config['green-for'] ?? null };
    const collecting = { service, headers, timeoutMs: config.timeout, wanted, counts: isOfCommit(config.commit) };
    const runs = await collectRuns(collecting, context);
    const now = context.now();
    const found = greenRow(runs, wanted, now);
    const items = runItems(found, { ...wanted, maxAge: config['max-age'], now });
    const verdict = items.every((item) => item.verdict === 'pass') ? 'pass' : 'fail';
    return { verdict, evidence: boundedEvidence(summaryOf(titleOf(service, config), found, items), items) };
  },
};

function serviceOf(config: CiCheckConfig): CiService {
  switch (config.from) {
    case 'github':
      return githubRuns(config);
    case 'gitlab':
      return gitlabPipelines(config);
  }
}

const isOfCommit =
  (commit: string | undefined) =>
  ({ sha }: CiRun): boolean =>
    commit === undefined || sha.startsWith(commit.toLowerCase());

const titleOf = (service: CiService, { branch, commit }: CiCheckConfig): string =>
  `${service.title} on ${branch}${commit === undefined ? '' : ` at ${commit}`}`;

function summaryOf(title: string, found: GreenRow, items: readonly EvidenceItem[]): string {
  const waiting = found.unfinished.slice(0, 3).map(runName).join(', ');
  const note = waiting === '' ? '' : `; not finished and not counted: ${waiting}`;
  if (found.row.length === 0 && found.brokenBy === null) return `${title}: no completed run${note}`;
  const wrong = items.find((item) => item.verdict !== 'pass');
  if (wrong === undefined) return `${title} is green: ${found.row.length} of ${found.row.length} runs${note}`;
  return `${title} is not as it should be: ${wrong.asked}: ${wrong.found}, expected ${wrong.expected}${note}`;
}
