import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from './real-server.ts';

/** Modules as they are in the registry's packages: nothing is bundled. */
const MODULES: Readonly<Record<string, string>> = {
  '@openfeature/core': 'core/dist/esm/index.js',
  '@openfeature/web-sdk': 'web-sdk/dist/esm/index.js',
  '@openfeature/ofrep-core': 'ofrep-web-provider/node_modules/@openfeature/ofrep-core/index.esm.js',
  '@openfeature/ofrep-web-provider': 'ofrep-web-provider/index.esm.js',
};

const imports = Object.fromEntries(Object.keys(MODULES).map((name) => [name, `/modules/${name}`]));

/** What a team's own page does; what happened stands on `window`. */
const PAGE = `<!doctype html>
<title>shop</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
  import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
  const { baseUrl, key } = Object.fromEntries(new URLSearchParams(location.search));
  window.shop = { ready: false, changes: [], failure: null };
  const provider = new OFREPWebProvider({ baseUrl, headers: [['X-API-Key', key]] });
  const client = OpenFeature.getClient();
  client.addHandler(ProviderEvents.ConfigurationChanged, (details) => {
    window.shop.changes.push({ at: Date.now(), flags: details.flagsChanged, checkout: client.getBooleanValue('new-checkout', true) });
  });
  window.shop.details = (flag) => client.getStringDetails(flag, 'none');
  window.shop.checkout = () => client.getBooleanValue('new-checkout', true);
  window.shop.become = (context) => OpenFeature.setContext(context);
  try {
    await OpenFeature.setContext({ targetingKey: 'ada', plan: 'free' });
    await OpenFeature.setProviderAndWait(provider);
    window.shop.ready = true;
  } catch (error) {
    window.shop.failure = String(error);
  }
</script>`;

export interface FlagPage extends AsyncDisposable {
  /** Of another origin than the flags'. */
  readonly url: (flags: { readonly baseUrl: string; readonly key: string }) => string;
}

/** A shop's web page with the web provider in it, on a port of its own. */
export async function serveFlagPage(): Promise<FlagPage> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const module = MODULES[pathname.replace('/modules/', '')];
    if (pathname === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    // A browser asks for an icon, too.
    if (module === undefined) return void response.writeHead(204).end();
    void readFile(join(ROOT, 'node_modules/@openfeature', module)).then((code) =>
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(code),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (flags) => `http://127.0.0.1:${port}/?${new URLSearchParams({ ...flags }).toString()}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
