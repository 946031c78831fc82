import type { RouterCounts, RouterState, Split } from '@slipway/provider-kit';
import { reasonOf, TerminalError } from '@slipway/provider-kit';
import { changes } from './accept-split.ts';
import type { Listen } from './listen.ts';
import { clientAddress, formatListen } from './listen.ts';
import { Proxy } from './proxy.ts';
import type { RouterSettings } from './settings.ts';
import type { StoredState } from './state-file.ts';
import { readState, writeState } from './state-file.ts';

/** A proxy with a memory: what it was told is on the disk before it says so, and it starts as it was before its death. */
export class RouterService {
  readonly #proxy: Proxy;
  readonly #path: string;
  #state: StoredState;
  /** Changes run one after another: the file must not end up older than what is routed. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(proxy: Proxy, path: string, state: StoredState) {
    this.#proxy = proxy;
    this.#path = path;
    this.#state = state;
  }

  /** Throws TerminalError when it cannot listen, and when the state file cannot be understood. */
  static async open(path: string, settings: RouterSettings, boot: string): Promise<RouterService> {
    const stored = await readState(path);
    const { listen: given, ...rules } = stored?.settings ?? settings;
    const proxy = new Proxy(rules, boot);
    const listen = await listening(proxy, portToTake(settings.listen, given));
    const state = { format: 1 as const, revision: 0, backends: {}, ...stored, settings: { ...rules, listen } };
    proxy.apply(rules, state.backends);
    await writeState(path, state);
    return new RouterService(proxy, path, state);
  }

  /** Throws TerminalError when it listens elsewhere than `settings` say. */
  state(settings: RouterSettings): RouterState {
    this.#refuseMoved(settings.listen);
    const { revision, backends } = this.#state;
    const weights = Object.entries(backends).map(([version, { weight }]) => [version, weight] as const);
    return { weights: Object.fromEntries(weights), revision, address: clientAddress(this.#listen) };
  }

  /** Throws TerminalError as `changes` and `state` do; rejects when the state cannot be written, with nothing changed. */
  shift(settings: RouterSettings, split: Split): Promise<RouterState> {
    const shifted = this.#changing.then(() => this.#shift(settings, split));
    this.#changing = shifted.catch(() => undefined);
    return shifted;
  }

  counts(): RouterCounts {
    return this.#proxy.counts();
  }

  close(graceMs: number): Promise<void> {
    return this.#proxy.close(graceMs);
  }

  async #shift(settings: RouterSettings, split: Split): Promise<RouterState> {
    this.#refuseMoved(settings.listen);
    if (changes(this.#state, split)) {
      const { listen: _elsewhere, ...rules } = settings;
      const backends = Object.fromEntries(
        Object.entries(split.backends).map(([version, { weight, addresses }]) => [
          version,
          { weight, addresses: [...addresses] },
        ]),
      );
      const state = {
        format: 1 as const,
        revision: split.revision,
        backends,
        settings: { ...rules, listen: this.#listen },
      };
      await writeState(this.#path, state);
      this.#state = state;
      this.#proxy.apply(rules, backends);
    }
    return this.state(settings);
  }

  get #listen(): Listen {
    return this.#state.settings.listen;
  }

  /** To move while traffic flows would leave its clients behind: somebody has to decide that. */
  #refuseMoved({ host, port }: Listen): void {
    const now = this.#listen;
    if (host === now.host && (port === 0 || port === now.port)) return;
    throw new TerminalError(
      `The router listens on ${formatListen(now)} and is to listen on ${formatListen({ host, port })}: ` +
        'set its key `listen` back, or shut the router down first',
    );
  }
}

/** Any free port means the one that was taken before, where there was one: clients know it. */
function portToTake(wanted: Listen, before: Listen): Listen {
  return wanted.port === 0 && wanted.host === before.host ? before : wanted;
}

async function listening(proxy: Proxy, listen: Listen): Promise<Listen> {
  try {
    return await proxy.listen(listen);
  } catch (thrown) {
    throw new TerminalError(refusal(formatListen(listen), thrown), { cause: thrown });
  }
}

function refusal(where: string, thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'EADDRINUSE')
    return `${where} is taken by another program: end that one, or change the router's key \`listen\``;
  if (code === 'EACCES')
    return `${where} needs a privilege to listen on: change the router's key \`listen\`, e.g. to 8080`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${where} is no address of this machine: change the router's key \`listen\``;
  }
  return `${where} cannot be listened on (${reasonOf(thrown)}): change the router's key \`listen\``;
}
