import type { LaunchView } from '@slipway/contract';
import { answer, listen } from './launch-server.ts';
import { type Ran, runCommand } from './test-context.ts';

/** A server that has one launch, and what it was asked for. */
export interface AskedLaunch {
  /** As the server shows it. */
  view: LaunchView;
  readonly sent: unknown[];
  /** The command about that launch. */
  slipway(...argv: readonly string[]): Promise<Ran>;
  close(): Promise<void>;
}

export async function askedLaunch(view: LaunchView): Promise<AskedLaunch> {
  const sent: unknown[] = [];
  const api = await listen((request, response) => {
    if (request.method === 'GET') return answer(response, 200, launch.view);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      sent.push(JSON.parse(body));
      answer(response, 200, launch.view);
    });
  });
  const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
  const launch: AskedLaunch = {
    view,
    sent,
    slipway: (...argv) => runCommand([...argv, '--launch', 'shop-1'], { env }),
    close: () => api.close(),
  };
  return launch;
}
