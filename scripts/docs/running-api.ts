import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { AccessRole, EvaluationKeyCreated, TokenCreated } from '@slipway/contract';
import { accessRole } from '@slipway/contract';
import type { JsonSchema } from './json-schema.ts';
import { ROOT } from './page.ts';
import { sampleOf } from './sample.ts';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** What the page reads of an OpenAPI document. */
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { in: string; name: string; required: boolean; schema: JsonSchema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  /** The least role that is let in. */
  readonly access: Access;
}

/** `key`: who has an evaluation key; `stream`: who has the address that the bulk evaluation names; `sender`: who sends alerts. */
export type Access = AccessRole | 'open' | 'key' | 'stream' | 'sender';

/** Of a sender that shows a token: the others sign what they send. */
const SENDER = { name: 'alertmanager', secret: 'a-secret-of-the-docs-alone-of-32-signs' };

interface Ready {
  readonly url: string;
  /** Of an admin. */
  readonly token: string;
}

/** A server that keeps nothing, asked over HTTP: what it says of itself, and whom it lets in. */
export class RunningApi implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #url = '';
  /** The address of the event stream, its token in it. */
  #stream = '';
  readonly #tokens = new Map<Access, string>([
    ['open', ''],
    ['sender', SENDER.secret],
  ]);

  private constructor() {
    const argv = [join(ROOT, 'packages/server/src/main.ts'), '--ephemeral', '--hook', `${SENDER.name}=env:DOCS_HOOK`];
    const env = { ...process.env, SLIPWAY_PERSON: 'docs@shop.example', DOCS_HOOK: SENDER.secret };
    this.#child = spawn(process.execPath, argv, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'inherit'] });
  }

  static async start(): Promise<RunningApi> {
    const api = new RunningApi();
    const { url, token } = await api.#ready();
    api.#url = url;
    for (const role of accessRole.options) {
      const body = { person: `${role}@shop.example`, role };
      const answer = await send(`${url}/api/v1/tokens`, { method: 'POST', token, body });
      api.#tokens.set(role, ((await answer.json()) as TokenCreated).token);
    }
    await api.#makeKey(token);
    return api;
  }

  /** With it applications ask for flags. */
  async #makeKey(token: string): Promise<void> {
    const set = `${this.#url}/api/v1/flags/docs.sample`;
    const files = [{ file: 'docs.yaml', text: 'flags: {}' }];
    await send(`${set}/apply`, { method: 'POST', token, body: { files, create: true } });
    const made = await send(`${set}/keys`, { method: 'POST', token, body: { kind: 'client' } });
    const { key } = (await made.json()) as EvaluationKeyCreated;
    this.#tokens.set('key', key);
    const bulk = await send(`${this.#url}/ofrep/v1/evaluate/flags`, {
      method: 'POST',
      token: key,
      body: { context: {} },
    });
    const { eventStreams } = (await bulk.json()) as { eventStreams: readonly { endpoint: { requestUri: string } }[] };
    this.#stream = new URL(eventStreams[0]?.endpoint.requestUri ?? '', this.#url).href;
  }

  async #ready(): Promise<Ready> {
    const line = once(createInterface({ input: this.#child.stdout }), 'line');
    const [first] = await Promise.race([line, once(this.#child, 'exit')]);
    if (typeof first !== 'string') throw new Error('the server did not start: it says why above');
    return JSON.parse(first) as Ready;
  }

  /** Every route of the OpenAPI document, in its order. */
  async routes(): Promise<readonly Route[]> {
    const answer = await fetch(`${this.#url}/api/v1/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
    return Promise.all(
      operations.map(async (route) => {
        const body = route.operation.requestBody?.content?.['application/json']?.schema;
        return { ...route, access: await this.access(route, body === undefined ? undefined : sampleOf(body)) };
      }),
    );
  }

  /** The least role that a call of the route is not refused for. What is named in its path does not exist. */
  async access({ method, path }: { method: string; path: string }, body?: unknown): Promise<Access> {
    const url = `${this.#url}${path.replace('{sender}', SENDER.name).replaceAll(/\{\w+\}/g, 'not-there')}`;
    for (const [role, token] of this.#tokens) {
      const { status } = await send(url, { method, token, body });
      if (status !== 401 && status !== 403) return role;
    }
    if (this.#stream.startsWith(`${url}?`) && (await isOpen(this.#stream))) return 'stream';
    throw new Error(`${method} ${path} lets nobody in`);
  }

  /** The server ends when its input does. */
  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.stdin.end();
    await gone;
  }
}

async function isOpen(stream: string): Promise<boolean> {
  const { ok, body } = await fetch(stream);
  await body?.cancel();
  return ok;
}

interface Request {
  readonly method: string;
  readonly token: string;
  /** undefined: none. */
  readonly body: unknown;
}

function send(url: string, { method, token, body }: Request): Promise<Response> {
  const authorization = { authorization: `Bearer ${token}` };
  if (body === undefined) return fetch(url, { method, headers: authorization });
  const headers = { ...authorization, 'content-type': 'application/json' };
  return fetch(url, { method, headers, body: JSON.stringify(body) });
}
