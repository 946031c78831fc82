import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Mirror } from '@slipway/provider-kit';
import type { ProxyRules } from '../proxy.ts';
import type { App, ProxyStage } from './proxy-stage.ts';
import { proxyStage, startApp } from './proxy-stage.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** A request as a version got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface MirrorStage extends ProxyStage {
  /** What the mirror's version got so far. */
  readonly copies: readonly Got[];
  readonly originals: readonly Got[];
  readonly liveApp: App;
  readonly mirrorApp: App;
  /** Sets the mirror; without arguments one of all GETs, which compares whole bodies. */
  readonly set: (changed?: Partial<Mirror>, rules?: Partial<ProxyRules>) => void;
}

const wholeBodies: Mirror['compare'] = { body: { only: [], ignore: [] } };

/** A proxy with version `v1` behind it, and `v2` as its mirror, each answering as a test has it. */
export async function mirrorStage(live: Handle, mirror: Handle): Promise<MirrorStage> {
  const [originals, copies]: [Got[], Got[]] = [[], []];
  const [liveApp, mirrorApp] = [await startApp(keeping(originals, live)), await startApp(keeping(copies, mirror))];
  const stage = await proxyStage();
  const set: MirrorStage['set'] = (changed = {}, rules = {}) => {
    const { address } = mirrorApp;
    const all: Mirror = { version: 'v2', addresses: [address], share: 100, methods: ['GET'], compare: wholeBodies };
    stage.mirrorTo([liveApp.address], { ...all, ...changed }, rules);
  };
  set();
  return {
    ...stage,
    originals,
    copies,
    liveApp,
    mirrorApp,
    set,
    [Symbol.asyncDispose]: async () => {
      await stage[Symbol.asyncDispose]();
      await mirrorApp[Symbol.asyncDispose]();
      await liveApp[Symbol.asyncDispose]();
    },
  };
}

function keeping(kept: Got[], handle: Handle): Handle {
  return (request, response) => {
    void buffer(request)
      .then((body) => {
        const { method = '', url: path = '', headers } = request;
        kept.push({ method, path, headers, body: body.toString('latin1') });
        handle(request, response);
      })
      .catch(() => response.destroy());
  };
}
