import { TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { apiPath, apiUrl, isWholeHash, PER_PAGE } from './api-path.ts';
import type { CiRun, CiService, RunState } from './ci-run.ts';
import type { CiCheckConfig } from './schema.ts';
import { instant } from './instant.ts';

const PUBLIC_API = 'https://api.github.com';

const run = z.object({
  id: z.number(),
  run_number: z.number(),
  head_branch: z.string().nullable(),
  head_sha: z.string(),
  event: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  created_at: instant,
  updated_at: instant,
  html_url: z.string(),
  head_repository: z.object({ full_name: z.string() }).nullish(),
});

type WireRun = z.infer<typeof run>;

const page = z.object({ workflow_runs: z.array(run).max(PER_PAGE) });

/** States before the end; any other that is not `completed` is unknown, and not green. */
const UNFINISHED = new Set(['queued', 'in_progress', 'requested', 'waiting', 'pending']);

/** Workflow runs by GitHub's REST API: "List workflow runs for a workflow", version 2022-11-28. */
export function githubRuns(config: CiCheckConfig): CiService {
  const { repository, branch, commit, workflow = '' } = config;
  const [owner = '', name = '', ...rest] = repository.split('/');
  if (rest.length > 0) throw new TerminalError('repository has too many parts: write it like acme/shop');
  const path = apiPath(['repos', owner, name, 'actions', 'workflows', workflow, 'runs']);
  const query = { branch, per_page: String(PER_PAGE), ...(isWholeHash(commit) ? { head_sha: commit } : {}) };
  return {
    title: `${workflow} of ${repository}`,
    headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    pageUrl: (number) => apiUrl(config.url ?? PUBLIC_API, path, { ...query, page: String(number) }),
    readPage(body) {
      const parsed = page.safeParse(body);
      if (!parsed.success) throw new TerminalError('the answer is no list of workflow runs: check url');
      const { workflow_runs: runs } = parsed.data;
      return { runs: runs.filter((one) => isOfBranch(one, config)).map(runOf), full: runs.length === PER_PAGE };
    },
  };
}

/** A fork's branch may bear the same name, and anybody may open a pull request from one: such runs say nothing of ours. */
function isOfBranch(one: WireRun, { repository, branch }: CiCheckConfig): boolean {
  const isOurs = one.head_repository?.full_name.toLowerCase() === repository.toLowerCase();
  return isOurs && one.head_branch === branch && !one.event.startsWith('pull_request');
}

function runOf(one: WireRun): CiRun {
  const status = one.status ?? 'no status';
  return {
    id: one.id,
    label: `run ${one.run_number}`,
    sha: one.head_sha,
    state: stateOf(one),
    word: status === 'completed' ? (one.conclusion ?? 'no conclusion') : status,
    createdAt: one.created_at,
    updatedAt: one.updated_at,
    url: one.html_url,
  };
}

function stateOf({ status, conclusion }: WireRun): RunState {
  if (status === 'completed') return conclusion === 'success' ? 'green' : 'not-green';
  return UNFINISHED.has(status ?? '') ? 'unfinished' : 'not-green';
}
