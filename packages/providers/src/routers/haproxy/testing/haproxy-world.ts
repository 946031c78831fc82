import type { RouterWorld } from '@slipway/provider-kit/testing';
import type { Balance, HaproxyOptions, RunningHaproxy } from '../../../../../../scripts/servers/haproxy.ts';
import { startHaproxy } from '../../../../../../scripts/servers/haproxy.ts';

export interface HaproxyWorld extends RouterWorld {
  readonly haproxy: RunningHaproxy;
  readonly dataDirectory: string;
  readonly configOf: (balance: Balance) => { socket: string; backend: string; address: string };
}

export async function haproxyWorld(options: HaproxyOptions = {}): Promise<HaproxyWorld> {
  const haproxy = await startHaproxy(options);
  const { socket, address, directory } = haproxy;
  const configOf = (balance: Balance) => ({ socket, backend: balance, address: address[balance] });
  return {
    haproxy,
    dataDirectory: directory,
    environment: 'production',
    context: { dataDirectory: directory },
    configOf,
    config: (sticky) => configOf(sticky === null ? 'plain' : 'cookie' in sticky ? 'cookie' : 'header'),
    kill: haproxy.restart,
    comesBack: 'when set again',
    counting: 'answers',
    [Symbol.asyncDispose]: () => haproxy[Symbol.asyncDispose](),
  };
}
