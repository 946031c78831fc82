import { TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { apiPath, apiUrl, isWholeHash, PER_PAGE } from './api-path.ts';
import type { CiRun, CiService, RunState } from './ci-run.ts';
import type { CiCheckConfig } from './schema.ts';
import { instant } from './instant.ts';

const PUBLIC_API = 'https://gitlab.com/api/v4';

const pipeline = z.object({
  id: z.number(),
  sha: z.string(),
  ref: z.string().nullable(),
  status: z.string(),
  source: z.string().nullish(),
  created_at: instant,
  updated_at: instant,
  web_url: z.string(),
});

type WirePipeline = z.infer<typeof pipeline>;

const page = z.array(pipeline).max(PER_PAGE);

/** States before the end; `manual` waits for a person and may do so for ever: it is none of them. */
const UNFINISHED = new Set([
  'created',
  'waiting_for_resource',
  'preparing',
  'waiting_for_callback',
  'pending',
  'running',
  'canceling',
  'scheduled',
]);

/** Pipelines by GitLab's REST API: "List project pipelines". */
export function gitlabPipelines(config: CiCheckConfig): CiService {
  const { repository, branch, commit, source } = config;
  // The path of a project is one part of the address, with its slashes encoded.
  if (repository.split('/').some((part) => /^\.{0,2}$/.test(part)))
    throw new TerminalError('repository is no path of a project: write it like acme/shop');
  const path = apiPath(['projects', repository, 'pipelines']);
  const query = {
    ref: branch,
    order_by: 'id',
    sort: 'desc',
    per_page: String(PER_PAGE),
    ...(source === undefined ? {} : { source }),
    ...(isWholeHash(commit) ? { sha: commit } : {}),
  };
  const isOurs = (one: WirePipeline) => one.ref === branch && (source === undefined || one.source === source);
  return {
    title: `pipelines of ${repository}`,
    headers: { accept: 'application/json' },
    pageUrl: (number) => apiUrl(config.url ?? PUBLIC_API, path, { ...query, page: String(number) }),
    readPage(body) {
      const parsed = page.safeParse(body);
      if (!parsed.success) throw new TerminalError('the answer is no list of pipelines: check url');
      return { runs: parsed.data.filter(isOurs).map(runOf), full: parsed.data.length === PER_PAGE };
    },
  };
}

function runOf(one: WirePipeline): CiRun {
  return {
    id: one.id,
    label: `pipeline ${one.id}`,
    sha: one.sha,
    state: stateOf(one.status),
    word: one.status,
    createdAt: one.created_at,
    updatedAt: one.updated_at,
    url: one.web_url,
  };
}

function stateOf(status: string): RunState {
  if (status === 'success') return 'green';
  return UNFINISHED.has(status) ? 'unfinished' : 'not-green';
}
