import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What lies outside of a launch, at one address: a CI, trackers, what tells how busy machines are, and channels that take messages. */
export interface Outside extends AsyncDisposable {
  readonly url: string;
  /** What a path answers as JSON from now on. The query is not part of it. */
  answer(path: string, body: unknown): void;
  /** What was posted to a path below `/to/`, in the order in which it came: `deployment` and its text. */
  readonly told: readonly (readonly [channel: string, text: string])[];
}

const CHANNEL = '/to/';
/** Slack, Teams and PagerDuty all take this for yes. */
const TAKEN = { status: 'success', message: 'ok', dedup_key: 'one' };

export async function startOutside(answers: Readonly<Record<string, unknown>>): Promise<Outside> {
  const known = new Map(Object.entries(answers));
  const told: (readonly [string, string])[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://outside');
    const body = await textOf(request);
    if (pathname.startsWith(CHANNEL)) told.push([channelOf(pathname), body]);
    const found = pathname.startsWith(CHANNEL) ? TAKEN : known.get(pathname);
    response.writeHead(found === undefined ? 404 : 202 - (request.method === 'GET' ? 2 : 0), {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(found ?? { error: 'nothing here' }));
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (path, body) => void known.set(path, body),
    told,
    [Symbol.asyncDispose]: close,
  };
}

const channelOf = (path: string): string => path.slice(CHANNEL.length).split('/')[0] ?? '';

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

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
  return { workflow_runs: runs };
}
