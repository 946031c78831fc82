import { isDeepStrictEqual } from 'node:util';
import type { RouterCounts, RouterState, Split } from '@slipway/provider-kit';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import { changes } from './accept-split.ts';
import type { Listen } from './listen.ts';
import { clientAddress, formatListen } from './listen.ts';
import { Proxy } from './proxy.ts';
import type { RouterSettings } from './settings.ts';
import { startListening } from './start-listening.ts';
import type { StoredState } from './state-file.ts';
import { readState, writeState } from './state-file.ts';

/** A proxy with a memory: what it was told is on the disk before it says so, and it starts as it was before its death. */
export class RouterService {
  readonly #proxy: Proxy;
  readonly #path: string;
  #state: StoredState;
  /** Whether the state is on the disk. */
  #saved: boolean;
  /** Changes run one after another: the file must not end up older than what is routed. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(proxy: Proxy, path: string, state: StoredState, saved: boolean) {
    this.#proxy = proxy;
    this.#path = path;
    this.#state = state;
    this.#saved = saved;
  }

  /** Throws TerminalError when it cannot listen, and when the state file cannot be understood. */
  static async open(path: string, settings: RouterSettings, boot: string): Promise<RouterService> {
    const stored = await readState(path);
    const { listen: given, ...rules } = stored?.settings ?? settings;
    const split: Split = stored === null ? { revision: 0, backends: {} } : splitOf(stored);
    const proxy = new Proxy(rules, boot);
    proxy.apply(rules, split);
    const listen = await startListening(proxy, portToTake(settings.listen, given));
    const state: StoredState = { format: 1, ...split, settings: { ...rules, listen } };
    // A full disk must not keep a router from coming back as it was.
    const service = new RouterService(proxy, path, state, isDeepStrictEqual(state, stored));
    await service.#save();
    return service;
  }

  /** Throws TerminalError when it listens elsewhere than `settings` say. */
  state(settings: RouterSettings): RouterState {
    this.#refuseMoved(settings.listen);
    const { revision, backends } = this.#state;
    const weights = Object.entries(backends).map(([version, { weight }]) => [version, weight] as const);
    return { weights: Object.fromEntries(weights), revision, address: clientAddress(this.#listen) };
  }

  /**
   * Throws TerminalError as `changes` and `state` do, with nothing changed. Throws RetryableError when the split acts but cannot be
   * written to the disk: a full disk must not keep traffic on a bad version. The same split again then only writes.
   */
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
    if (changes(this.#state, split)) this.#act(settings, split);
    await this.#save();
    return this.state(settings);
  }

  #act(settings: RouterSettings, split: Split): void {
    const { listen: _configured, ...rules } = settings;
    this.#proxy.apply(rules, split);
    this.#state = { format: 1, ...splitOf(split), settings: { ...rules, listen: this.#listen } };
    this.#saved = false;
  }

  async #save(): Promise<void> {
    if (this.#saved) return;
    try {
      await writeState(this.#path, this.#state);
    } catch (thrown) {
      throw new RetryableError(
        `The router acts on revision ${this.#state.revision}, but could not write it down (${reasonOf(thrown)}): ` +
          'until it can, a restart brings back the one before; make room on the disk and try again',
        { cause: thrown },
      );
    }
    this.#saved = true;
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

/** A split alone; without the key `mirror` where nothing is mirrored, so that it is the same whether the key was null or absent. */
function splitOf({ revision, backends, mirror = null }: Split): Split {
  return { revision, backends, ...(mirror === null ? {} : { mirror }) };
}

/** Any free port means the one that was taken before, where there was one: clients know it. */
function portToTake(wanted: Listen, before: Listen): Listen {
  return wanted.port === 0 && wanted.host === before.host ? before : wanted;
}
