import type { JudgedCondition } from '@slipway/judge';
import { type Condition, compileCondition } from '@slipway/plan';
import { TerminalError } from '@slipway/provider-kit';

/** Plans have a few conditions each, and servers a few plans: beyond this the oldest is compiled again. */
const MOST = 1_000;

/**
 * Compiled conditions, shared by all that watch: they hold no state, and one is some 50 kB. Thousands of launches of a plan
 * would else hold as many copies.
 */
export class CompiledConditions {
  readonly #known = new Map<string, JudgedCondition>();

  /** Throws TerminalError for a condition that does not compile. */
  of(condition: Condition): JudgedCondition {
    const key = JSON.stringify([condition.cel, condition.metrics]);
    const compiled = this.#known.get(key) ?? compile(condition);
    this.#known.set(key, compiled);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
    return compiled;
  }
}

function compile({ cel, metrics }: Condition): JudgedCondition {
  const compiled = compileCondition(cel, metrics);
  if (!compiled.ok) throw new TerminalError(`condition ${cel}: ${compiled.reason}`);
  return { text: cel, ...compiled.condition };
}
