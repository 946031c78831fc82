import { Agent } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { GIFT_CARDS, Journey } from './visitors/journey.ts';
import { loopbackUrl } from './visitors/loopback.ts';
import { prng } from './visitors/prng.ts';
import { type Answered, Tally, type VisitorReport } from './visitors/report.ts';
import { type Line, send } from './visitors/send.ts';

export type { Answered, VersionReport, VisitorReport } from './visitors/report.ts';

export interface VisitorOptions {
  /** A shop, or a router in front of one, on this machine. */
  readonly url: string;
  /** Requests per second, over 0 and at most 1,000. They come whether or not the shop keeps up. */
  readonly ratePerSecond: number;
  /** Ends the visits; requests in flight are still waited for. */
  readonly signal: AbortSignal;
  /** Told of every answer as it comes. */
  readonly onAnswer?: (answer: Answered) => void;
  /** Share of baskets that hold a gift card, 0..1. Default 0.4; test visitors have none. */
  readonly giftCards?: number;
  /** Shares of those who work here and of those who asked for new things early, 0..1, as cookies say. Default 0. */
  readonly staff?: number;
  readonly beta?: number;
  /** They only pay, with a basket from elsewhere. Default: they browse as well. */
  readonly only?: 'checkout';
  /** Default 1. */
  readonly seed?: number;
  /** Default 100,000. */
  readonly mostRequests?: number;
  /** Default 10 minutes. */
  readonly mostMilliseconds?: number;
}

/** Share of requests that begin a visit: each of those meets the split of traffic afresh. */
const NEWCOMERS = 0.5;
/** Visitors who may come back; beyond that the one who has waited longest is gone. */
const MOST_WAITING = 200;
const MOST_SOCKETS = 256;
const FASTEST = 1000;

/** Sends visitors to a shop until it is told to stop, or has sent or waited enough. Throws where the options are wrong. */
export async function runVisitors(options: VisitorOptions): Promise<VisitorReport> {
  const { ratePerSecond } = options;
  if (!(ratePerSecond > 0 && ratePerSecond <= FASTEST)) {
    throw new Error(`set ratePerSecond to a number over 0 and at most ${FASTEST}`);
  }
  const line: Line = {
    url: loopbackUrl(options.url),
    agent: new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
  };
  try {
    return await new Crowd(line, options).run();
  } finally {
    line.agent.destroy();
  }
}

class Crowd {
  readonly #line: Line;
  readonly #options: VisitorOptions;
  readonly #random: () => number;
  readonly #tally = new Tally();
  readonly #inFlight = new Set<Promise<void>>();
  /** Visits between two requests, the newest last. */
  readonly #waiting: Journey[] = [];

  constructor(line: Line, options: VisitorOptions) {
    this.#line = line;
    this.#options = options;
    this.#random = prng(options.seed ?? 1);
  }

  async run(): Promise<VisitorReport> {
    const { ratePerSecond, signal, mostRequests = 100_000, mostMilliseconds = 600_000 } = this.#options;
    const startedAt = performance.now();
    let due = 0;
    for (let sent = 0; sent < mostRequests; sent += 1) {
      // Gaps of a Poisson process. They add up from the start, so that a late timer delays nobody who comes after it.
      due += (-Math.log(1 - this.#random()) * 1000) / ratePerSecond;
      if (due > mostMilliseconds || !(await waited(startedAt + due - performance.now(), signal))) break;
      this.#depart();
    }
    await Promise.all(this.#inFlight);
    return this.#tally.report();
  }

  #depart(): void {
    const journey = this.#visitor();
    const request = send(this.#line, journey).then((answer) => {
      this.#inFlight.delete(request);
      this.#waiting.push(journey);
      if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
      this.#tally.add(answer);
      this.#options.onAnswer?.(answer);
    });
    this.#inFlight.add(request);
  }

  #visitor(): Journey {
    const isNew = this.#random() < NEWCOMERS;
    const returning = isNew ? undefined : this.#waiting.splice(Math.floor(this.#random() * this.#waiting.length), 1)[0];
    if (returning !== undefined) return returning;
    const { giftCards = GIFT_CARDS, staff = 0, beta = 0, only = null } = this.#options;
    return new Journey(this.#random, { giftCards, staff, beta, only });
  }
}

/** false: the signal came first. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  if (milliseconds <= 0) return true;
  return pass(milliseconds, true, { signal }).catch(() => false);
}
