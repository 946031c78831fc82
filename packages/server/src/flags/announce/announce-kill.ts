import type { Clock, Engine, Flags, StoredFlagEvent } from '@slipway/engine';
import type { FlagPolicy } from '@slipway/flags';
import type { PlanLanguage } from '@slipway/plan';
import { reasonOf } from '@slipway/provider-kit';
import type { Logger } from 'pino';
import { killLaunchName, killPlan } from './kill-launch.ts';
import type { KillTold } from './kill-message.ts';

export interface AnnouncerPorts {
  readonly flags: Pick<Flags, 'sets' | 'find' | 'history'>;
  readonly engine: Pick<Engine, 'start' | 'list'>;
  readonly clock: Clock;
  readonly language: PlanLanguage;
  /** The folder that paths of channels are relative to. */
  readonly workspace: string;
  readonly logger: Pick<Logger, 'error'>;
}

/** What became of telling it. Both null: nobody is to be told. */
export interface Announced {
  readonly launch: string | null;
  readonly problem: string | null;
}

const NOBODY: Announced = { launch: null, problem: null };
/** Milliseconds between two searches for kills that nobody was told of. */
const EVERY = 60_000;
/** What is older is no news any more. */
const NEWS = 24 * 60 * 60_000;
/** What is younger is in the hands of the server that took it. */
const IN_HAND = 20_000;
const MOST_EVENTS = 1_000;
/** Milliseconds for which whoever kills waits to hear that it is told. */
const PATIENCE = 2_000;
const LATE = 'the launch that tells of it takes long to start; it is tried again until it has';

/** Tells the channels of a flag set of kills and un-kills, by a launch of its own for each. */
export class KillAnnouncer {
  readonly #ports: AnnouncerPorts;
  /** The newest event of each set up to which all is told. */
  readonly #told = new Map<string, number>();

  constructor(ports: AnnouncerPorts) {
    this.#ports = ports;
  }

  /**
   * Of the newest `events` of a set up to `version`: the first kill or un-kill. Never rejects, and never takes long: the kill stands,
   * and what is not told by then is told by the next search.
   */
  async announce(set: string, version: number, events: number): Promise<Announced> {
    if (events < 1) return NOBODY;
    const heard = new AbortController();
    const late = this.#ports.clock.sleep(PATIENCE, heard.signal).then(() => ({ launch: null, problem: LATE }));
    const told = await Promise.race([this.#announce(set, version, events), late]);
    heard.abort();
    return told;
  }

  async #announce(set: string, version: number, events: number): Promise<Announced> {
    try {
      const asked = { flag: null, before: version + 1, limit: Math.min(events, MOST_EVENTS) };
      const [first] = (await this.#ports.flags.history(set, asked)).filter(isNews);
      return first === undefined ? NOBODY : await this.#start(set, first);
    } catch (error) {
      return this.#failed(set, error);
    }
  }

  /** Until the signal: starts what a server that died, or failed, has left untold. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.sweep();
      await this.#ports.clock.sleep(EVERY, signal);
    }
  }

  /** One search. Never rejects. */
  async sweep(): Promise<void> {
    for (const { set, state } of this.#ports.flags.sets()) {
      if (Object.keys(state.policy.channels).length === 0 || this.#told.get(set) === state.version) continue;
      try {
        if (await this.#sweepSet(set)) this.#told.set(set, state.version);
      } catch (error) {
        this.#failed(set, error);
      }
    }
  }

  /** Whether nothing is left for later. */
  async #sweepSet(set: string): Promise<boolean> {
    const now = this.#ports.clock.now();
    const entries = await this.#ports.flags.history(set, { flag: null, before: null, limit: MOST_EVENTS });
    const begins = entries.findIndex(({ event }) => event.type === 'policy-set');
    // Who was not to be told then is not told now.
    const since = begins < 0 ? entries : entries.slice(0, begins);
    const news = since.filter((each) => isNews(each) && each.at > now - NEWS);
    if (news.length === 0) return true;
    const known = new Set((await this.#ports.engine.list()).map(({ name }) => name));
    const ripe = news.filter((each) => each.at <= now - IN_HAND);
    const untold = ripe.filter((each) => !known.has(this.#nameOf(set, each)));
    let failures = 0;
    // The oldest first: a kill is told before its end.
    for (const each of untold.toReversed()) if ((await this.#start(set, each)).problem !== null) failures += 1;
    return failures === 0 && ripe.length === news.length;
  }

  async #start(set: string, recorded: StoredFlagEvent): Promise<Announced> {
    const { engine, language, workspace, flags } = this.#ports;
    const policy: FlagPolicy | undefined = flags.find(set)?.state.policy;
    const told = this.#toldOf(set, recorded);
    if (policy === undefined || told === null || Object.keys(policy.channels).length === 0) return NOBODY;
    const plan = killPlan(language, told, policy, recorded.seq);
    // Another server may find it untold at the same moment.
    const executed = await engine.start({ ...plan, directory: workspace, actor: recorded.actor, once: true });
    if (executed.ok) return { launch: executed.launch.id, problem: null };
    if (executed.rejection.code === 'conflict') return { launch: `${plan.plan.launch}-1`, problem: null };
    return this.#failed(set, new Error(executed.rejection.message));
  }

  #nameOf(set: string, recorded: StoredFlagEvent): string {
    const told = this.#toldOf(set, recorded);
    return told === null ? '' : killLaunchName(told, recorded.seq);
  }

  #toldOf(set: string, { event, actor }: StoredFlagEvent): KillTold | null {
    if (event.type !== 'flag-killed' && event.type !== 'flag-unkilled') return null;
    const { flag, reason } = event;
    const off = this.#ports.flags.find(set)?.state.flags.get(flag)?.about.off ?? null;
    const by = actor.kind === 'person' ? actor.id : null;
    return { set, flag, kind: event.type === 'flag-killed' ? 'kill' : 'unkill', by, reason, off };
  }

  #failed(set: string, error: unknown): Announced {
    this.#ports.logger.error({ err: error, set }, 'a kill of a flag is in force, and its channels cannot be told yet');
    return { launch: null, problem: reasonOf(error) };
  }
}

/** A launch's way back is told by that launch. */
function isNews({ event }: StoredFlagEvent): boolean {
  return (event.type === 'flag-killed' && event.launch === null) || event.type === 'flag-unkilled';
}
