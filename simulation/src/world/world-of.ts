import { World } from '@slipway/rehearsal';
import { NEW, OLD, type Scenario } from '../plans/scenario.ts';

/** What a flag serves by default, by the version that its environment ran before; where nothing ran there is no flag. */
const SERVED: Readonly<Record<string, string>> = { [OLD]: 'off', [NEW]: 'on' };

/** The world that a scenario finds. Commands of random plans say themselves what they do: `do` a step, or `undo` it. */
export function worldOf({ plan, before }: Scenario): World {
  return new World({
    plan,
    before,
    served: (environment) => SERVED[before[environment] ?? ''] ?? null,
    traceOf: ({ command: { argv } }) => {
      const [verb, step] = argv;
      if (step === undefined || (verb !== 'do' && verb !== 'undo')) return null;
      return { step, isDone: verb === 'do' };
    },
  });
}
