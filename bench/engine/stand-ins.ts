import type { Handlers } from '@slipway/engine';
import type { Registry, Sample } from '@slipway/provider-kit';
import { registry } from '@slipway/providers';

/** A command that does nothing. */
export function countedCommands(): { readonly handler: Handlers['command']; run(): number } {
  let run = 0;
  const evidence = { summary: 'nothing to do', items: [] };
  return {
    handler: {
      run: async () => {
        run += 1;
        return { evidence, data: { kind: 'none' } };
      },
      verify: async () => ({ done: 'no' }),
      idempotent: () => true,
    },
    run: () => run,
  };
}

/** When each launch was looked at last; what its router counts is always well. */
export class Looks {
  readonly #last = new Map<string, number>();
  #gaps: number[] = [];

  /** In place of the router's counts: they cost a call to another process, and here the engine is measured. */
  readonly source: Registry['metricSources'][string] = {
    ...(registry.metricSources['router'] ?? missing()),
    needs: [],
    read: async (_query, _arms, context): Promise<Sample> => {
      const now = performance.now();
      const before = this.#last.get(context.effect);
      if (before !== undefined) this.#gaps.push(now - before);
      this.#last.set(context.effect, now);
      const reading = { kind: 'ratio', bad: 0, total: Math.floor(now) } as const;
      return { boot: 'bench', at: context.now(), new: reading, old: reading, exposure: null, firstBadAt: null };
    },
  };

  /** How many launches were looked at so far. */
  launches(): number {
    return this.#last.size;
  }

  /** Milliseconds between two looks at the same launch, since the last asking. */
  takeGaps(): readonly number[] {
    const gaps = this.#gaps;
    this.#gaps = [];
    return gaps;
  }
}

function missing(): never {
  throw new Error('there is no metric source called router');
}
