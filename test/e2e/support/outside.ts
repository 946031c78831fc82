import { type ReceivedRequest, startTestServer } from '@slipway/provider-kit/testing';

/** A message as whoever reads the channel sees it. In a thread: it stands under another one, as Slack's API does it. */
export type Told = readonly [channel: string, text: string, inThread: boolean];

/** What lies outside of a launch, at one address: a CI, trackers, what tells how busy machines are, and channels that take messages. */
export interface Outside extends AsyncDisposable {
  readonly url: string;
  /** What a path answers as JSON from now on. The query is not part of it. */
  answer(path: string, body: unknown): void;
  /** What was posted below `/to/<channel>`, in the order in which it came. */
  readonly told: readonly Told[];
  /** What was told in a channel, first lines only. */
  titlesIn(channel: string): readonly string[];
}

const CHANNEL = '/to/';

/** `answers`: JSON by path; a path that is not there is answered with 404. */
export async function startOutside(answers: Readonly<Record<string, unknown>> = {}): Promise<Outside> {
  const known = new Map(Object.entries(answers));
  const told: Told[] = [];
  const server = await startTestServer((request, response) => {
    const { pathname } = new URL(request.path, 'http://outside');
    const isMessage = pathname.startsWith(CHANNEL) && request.body !== '';
    const body = isMessage ? take(request, pathname, told) : known.get(pathname);
    // PagerDuty and Teams say that they took it, everybody else that it is done.
    const status = body === undefined ? 404 : isMessage ? 202 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { error: 'nothing here' }));
  });
  return {
    url: server.url,
    answer: (path, body) => void known.set(path, body),
    told,
    titlesIn: (channel) => told.filter(([to]) => to === channel).map(([, text]) => titleOf(text)),
    [Symbol.asyncDispose]: server.close,
  };
}

/** What any of the channels sends. */
interface Posted {
  /** Slack's, by webhook and by API. */
  readonly text?: string;
  readonly channel?: string;
  readonly thread_ts?: string;
  /** Of a signed webhook. */
  readonly data?: { readonly title?: string; readonly text?: string };
  /** PagerDuty's. */
  readonly payload?: { readonly summary?: string };
}

/** What every channel takes for yes. */
function take({ body }: ReceivedRequest, path: string, told: Told[]): object {
  const { text, channel, thread_ts, data, payload } = JSON.parse(body) as Posted;
  const said = text ?? payload?.summary ?? (data === undefined ? body : `${data.title}\n${data.text}`);
  told.push([path.slice(CHANNEL.length).split('/', 1)[0] ?? '', said, thread_ts !== undefined]);
  const ts = `${1_700_000_000 + told.length}.000100`;
  return { ok: true, channel, ts, message: { text }, status: 'success', dedup_key: 'one' };
}

const titleOf = (text: string): string => (text.split('\n', 1)[0] ?? '').replaceAll('*', '');

/** Runs of a workflow as GitHub lists them: one a day, newest first, the newest an hour old. */
export function githubRuns(repository: string, conclusions: readonly string[]): unknown {
  const at = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const runs = conclusions.map((conclusion, day) => ({
    id: 100 - day,
    run_number: 100 - day,
    head_branch: 'main',
    head_sha: '0c5c2b7'.padEnd(40, '0'),
    event: 'schedule',
    status: 'completed',
    conclusion,
    created_at: at(day * 24 + 2),
    updated_at: at(day * 24 + 1),
    html_url: 'https://ci.example/runs',
    head_repository: { full_name: repository },
  }));
  return { total_count: runs.length, workflow_runs: runs };
}
