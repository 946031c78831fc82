import type { ShardsAnswer, ShardsRequest } from '@slipway/contract';
import { Failure } from '../../../failure.ts';
import { type Change, ShardSeries, type Sum } from './shard-series.ts';

/** What is told of on the way. */
export type News =
  | Change
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'heard' }
  /** It goes no further; what there is counts. */
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'other-version'; readonly version: string };

export interface GatherPorts {
  /** Throws Failure. */
  readonly ask: (span: ShardsRequest['span']) => Promise<ShardsAnswer>;
  /** Milliseconds since some moment; never goes back. */
  readonly elapsed: () => number;
  /** Resolves early when the signal aborts. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborted when the person has enough. */
  readonly signal: AbortSignal;
  readonly tell: (news: News) => void;
  readonly show: (sum: Sum) => void;
}

/** Milliseconds between two looks, and of the past that is asked for at once. */
const LOOK = 1_000;
const CHUNK = 60_000;

/** The shards of a running version over `length` milliseconds, or as much of them as there was. Throws Failure where not even one reading is there. */
export async function gatherShards(ports: GatherPorts, length: number): Promise<ShardSeries> {
  const first = await ports.ask(null);
  const gathering = new Gathering(ports, first);
  return first.source === 'live' ? await gathering.live(length) : await gathering.past(length);
}

class Gathering {
  readonly #ports: GatherPorts;
  readonly #first: ShardsAnswer;
  readonly #shards: ShardSeries;
  #isSilent = false;

  constructor(ports: GatherPorts, first: ShardsAnswer) {
    this.#ports = ports;
    this.#first = first;
    this.#shards = new ShardSeries(first.source);
  }

  async live(length: number): Promise<ShardSeries> {
    const { elapsed, sleep, signal } = this.#ports;
    const start = elapsed();
    this.#take(this.#first);
    for (let next = LOOK; next <= length; next = after(elapsed() - start)) {
      await sleep(start + next - elapsed());
      if (signal.aborted || !(await this.#look(null))) break;
    }
    return this.#shards;
  }

  async past(length: number): Promise<ShardSeries> {
    const to = Math.floor(this.#first.now / LOOK) * LOOK;
    for (let from = Math.max(0, to - length); from < to; from += CHUNK) {
      if (this.#ports.signal.aborted || !(await this.#look({ from, to: Math.min(from + CHUNK, to) }))) break;
    }
    return this.#shards;
  }

  /** false: there is no more to come. */
  async #look(span: ShardsRequest['span']): Promise<boolean> {
    const { ask, signal, tell } = this.#ports;
    try {
      return this.#take(await ask(span));
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof Failure)) throw error;
      if (!mayPass(error)) {
        tell({ kind: 'ended', reason: error.message });
        return false;
      }
      if (!this.#isSilent) tell({ kind: 'silent', reason: error.message });
      this.#isSilent = true;
      return true;
    }
  }

  #take({ version, readings }: ShardsAnswer): boolean {
    const { tell, show } = this.#ports;
    // Two versions in one series would be no comparison of one with itself.
    if (version !== this.#first.version) {
      tell({ kind: 'other-version', version });
      return false;
    }
    if (this.#isSilent) tell({ kind: 'heard' });
    this.#isSilent = false;
    for (const reading of readings) for (const change of this.#shards.take(reading)) tell(change);
    show(this.#shards.sum);
    return true;
  }
}

/** The next look, in milliseconds: those that were missed are not made up for. */
const after = (elapsed: number): number => (Math.floor(elapsed / LOOK + 0.5) + 1) * LOOK;

/** Whether it may be otherwise at the next look. */
function mayPass({ code }: Failure): boolean {
  return code === 'unavailable' || code === 'too-many';
}
