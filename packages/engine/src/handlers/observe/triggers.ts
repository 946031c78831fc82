import type { ObserveWork, Verdict } from '@slipway/core';
import type { JudgedCondition } from '@slipway/judge';
import type { EffectContext } from '../handler.ts';
import type { CompiledConditions } from './compiled-conditions.ts';

/** The triggers of what is watched. Each is a condition that holds while it is not true: what is unknown holds nothing. */
export class Triggers {
  readonly conditions: readonly JudgedCondition[];
  readonly #triggers: NonNullable<ObserveWork['judging']['triggers']>;
  readonly #context: EffectContext;
  /** By trigger: running time at which it came to be true. */
  readonly #since = new Map<number, number>();
  readonly #pulled = new Set<number>();

  constructor({ judging }: ObserveWork, context: EffectContext, compiled: CompiledConditions) {
    this.#triggers = judging.triggers ?? [];
    this.#context = context;
    this.conditions = this.#triggers.map(({ when }) => untrue(compiled.of(when)));
  }

  /** The first that is true, and has been for long enough, acts. What nobody could tell neither begins nor ends its time. */
  async look(findings: Verdict['findings'], running: number): Promise<void> {
    for (const [index, { holds }] of findings.entries()) {
      if (holds === 'yes') this.#since.delete(index);
      if (holds === 'no' && !this.#since.has(index)) this.#since.set(index, running);
    }
    const due = this.#triggers.findIndex((trigger, index) => {
      const since = this.#since.get(index);
      if (since === undefined || this.#pulled.has(index) || findings[index]?.holds !== 'no') return false;
      return running - since >= trigger.for;
    });
    const found = findings[due];
    if (found !== undefined && (await this.#context.pull?.(due, figures(found))) === true) this.#pulled.add(due);
  }
}

function untrue(condition: JudgedCondition): JudgedCondition {
  return {
    ...condition,
    text: `not (${condition.text})`,
    evaluate: (values) => {
      const result = condition.evaluate(values);
      return result.ok ? { ok: true, value: !result.value } : result;
    },
  };
}

function figures({ values }: Verdict['findings'][number]): string {
  return Object.entries(values)
    .map(([metric, { new: fresh, old }]) => `${metric}: new ${fresh ?? 'none'}, old ${old ?? 'none'}`)
    .join('; ');
}
