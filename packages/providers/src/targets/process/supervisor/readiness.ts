import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '@slipway/provider-kit';

export interface ReadinessProbe {
  readonly path: string;
  readonly status: number;
}

export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

const answerWithinMs = 2_000;
const pauseMs = 50;

/** Asks once over HTTP on the loopback address. Anything but the expected status, silence too, is "not ready" and why. */
export function askReadiness(port: number, probe: ReadinessProbe, signal?: AbortSignal): Promise<Readiness> {
  const asked = `GET ${probe.path}`;
  const limit = AbortSignal.timeout(answerWithinMs);
  const { promise, resolve } = Promise.withResolvers<Readiness>();
  const request = get(
    {
      host: '127.0.0.1',
      port,
      path: probe.path,
      // A kept connection would delay the instance's own graceful end.
      agent: false,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    },
    (response) => {
      const { statusCode } = response;
      response.destroy();
      if (statusCode === probe.status) resolve({ ready: true });
      else resolve({ ready: false, reason: `${asked} answered ${statusCode}, not ${probe.status}` });
    },
  );
  request.on('error', (error) => {
    const reason = limit.aborted ? `no answer within ${answerWithinMs} ms` : reasonOf(error);
    resolve({ ready: false, reason: `${asked}: ${reason}` });
  });
  return promise;
}

/** Asks until it is ready (then null) or the signal is aborted (then the last reason why it is not). */
export async function untilReady(port: number, probe: ReadinessProbe, signal: AbortSignal): Promise<string | null> {
  let reason = `GET ${probe.path} was not asked yet`;
  while (!signal.aborted) {
    const readiness = await askReadiness(port, probe, signal);
    if (readiness.ready) return null;
    // What fails because we give up is not why it was not ready.
    if (!signal.aborted) reason = readiness.reason;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return reason;
}
