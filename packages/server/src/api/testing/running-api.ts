import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LaunchView, launchView } from '@slipway/contract';
import { pino } from 'pino';
import { startServer } from '../../start-server.ts';

/** Milliseconds; several times what a small plan takes. */
const PATIENCE = 10_000;

/** A server on a workspace of its own, asked by the person whom it runs for. */
export interface RunningApi extends AsyncDisposable {
  /** Of `/api/v1`. With a body it is a POST. `language`: of the answer; en where it is left out. */
  ask(path: string, body?: unknown, language?: string): Promise<Response>;
  /** Rejects where it does not get there. */
  until(launch: string, isThere: (view: LaunchView) => boolean): Promise<LaunchView>;
}

export async function openApi(): Promise<RunningApi> {
  const workspace = mkdtempSync(join(tmpdir(), 'slipway-api-'));
  const server = await startServer({
    listen: { host: '127.0.0.1', port: 0 },
    workspace,
    dataDirectory: join(workspace, '.slipway'),
    logger: pino({ level: 'silent' }),
    environment: { SLIPWAY_PERSON: 'ada@shop.example' },
  });
  const ask: RunningApi['ask'] = (path, body, language = 'en') => {
    const headers = { authorization: `Bearer ${server.token}`, 'accept-language': language };
    const sent = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    return fetch(`${server.url}/api/v1/${path}`, body === undefined ? { headers } : sent);
  };
  return {
    ask,
    until: async (launch, isThere) => {
      const deadline = Date.now() + PATIENCE;
      for (;;) {
        const view = launchView.parse(await (await ask(`launches/${launch}`)).json());
        if (isThere(view)) return view;
        if (Date.now() > deadline) throw new Error(`${launch} did not get there: ${view.headline}`);
        await new Promise((done) => setTimeout(done, 10));
      }
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop(0);
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}
