import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFate, type Fate, fly, type Flight } from './fly.ts';
import { brokenBy } from './invariants.ts';
import { everyPoint, type KillPoint } from './kill-points.ts';
import type { PlanName } from './plans.ts';

/** A fate that broke something. */
export interface Finding {
  readonly fate: Fate;
  readonly broken: readonly string[];
}

/** How a plan ends when nobody dies, and where one could have. */
interface Calm {
  readonly flight: Flight;
  readonly points: readonly KillPoint[];
}

export interface CampaignOptions {
  /** URL of a PostgreSQL; left out: SQLite, in a file of each flight's own. */
  readonly postgres?: string;
  /** Flights at once. */
  readonly lanes?: number;
}

/** Two cores. On PostgreSQL a flight mostly waits until the dead one counts as dead: there may be more. */
const LANES = { sqlite: 2, postgres: 8 };

/** Flies launches that die, and judges each by the calm flight of its plan. */
export class Campaign implements Disposable {
  readonly #cache = mkdtempSync(join(tmpdir(), 'slipway-torture-cache-'));
  readonly #calm = new Map<PlanName, Promise<Calm>>();
  readonly #postgres: string | null;
  readonly #lanes: number;

  constructor({ postgres, lanes }: CampaignOptions = {}) {
    this.#postgres = postgres ?? null;
    this.#lanes = lanes ?? (postgres === undefined ? LANES.sqlite : LANES.postgres);
  }

  /** The plan flown without a death, once. Rejects where even that fails. */
  calm(plan: PlanName): Promise<Calm> {
    const calm = this.#calm.get(plan) ?? this.#flyCalmly(plan);
    this.#calm.set(plan, calm);
    return calm;
  }

  async #flyCalmly(plan: PlanName): Promise<Calm> {
    const flight = await this.#fly({ plan, deaths: [] });
    const last = flight.lives[0]?.tellings.at(-1);
    if (last?.told !== 'ended') throw new Error(`${plan} does not fly in calm: ${flight.lives[0]?.complaint}`);
    return { flight, points: everyPoint(last.counts) };
  }

  #fly(fate: Fate): Promise<Flight> {
    return fly(fate, { cache: this.#cache, postgres: this.#postgres });
  }

  async fly(fate: Fate): Promise<{ readonly flight: Flight; readonly broken: readonly string[] }> {
    const calm = await this.calm(fate.plan);
    const flight = await this.#fly(fate);
    return { flight, broken: brokenBy(flight, calm.flight) };
  }

  /** Stops at the first finding where `most` is 1. */
  async flyAll(
    fates: Iterable<Fate> | AsyncIterable<Fate>,
    {
      most = Infinity,
      onFlown = () => {},
    }: { readonly most?: number; readonly onFlown?: (flight: Flight) => void } = {},
  ): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    const queue = inTurn(fates);
    const lane = async (): Promise<void> => {
      // Each lane takes what is next: nobody waits for the slowest.
      for await (const fate of { [Symbol.asyncIterator]: () => queue }) {
        const { flight, broken } = await this.fly(fate);
        if (broken.length > 0) findings.push({ fate, broken });
        onFlown(flight);
        if (findings.length >= most) return;
      }
    };
    await Promise.all(Array.from({ length: this.#lanes }, lane));
    return findings;
  }

  [Symbol.dispose](): void {
    rmSync(this.#cache, { recursive: true, force: true });
  }
}

/** An async generator answers questions in the order in which they were asked. */
async function* inTurn(fates: Iterable<Fate> | AsyncIterable<Fate>): AsyncGenerator<Fate, void, undefined> {
  yield* fates;
}

export function describeFinding({ fate, broken }: Finding): string {
  return `${describeFate(fate)}: ${broken.join('; ')}`;
}
