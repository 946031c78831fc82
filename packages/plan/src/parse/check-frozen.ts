import type { PlanJson } from '../model/provider-use.ts';
import { waitStep } from '../schema/steps/wait-step.ts';
import { checkStep } from './check-step.ts';
import type { Checking } from './check-use.ts';
import { asMap, type Authored, type DraftPhase, type DraftStep } from './draft.ts';
import { reportValue } from './findings.ts';
import type { Path } from './path.ts';
import { stepId } from './step-id.ts';

/** Keys of a scenario in which nothing changes. */
const FROZEN = ['for', 'until', 'unchanged'];

/**
 * The last phase of each scenario in which nothing changes: the time it lasts, and the checks at its end, as steps like all others.
 * `first`: index of the first of them among all phases.
 */
export function checkFrozen(checking: Checking, value: PlanJson | undefined, first: number): readonly DraftPhase[] {
  const offered = Object.entries(asMap(asMap(value)?.['offer']) ?? {});
  const frozen = offered.filter(([, scenario]) => FROZEN.some((key) => Object.hasOwn(asMap(scenario) ?? {}, key)));
  return frozen.map(([scenario, written], index): DraftPhase => {
    const map = asMap(written) ?? {};
    const path: Path = ['scenarios', 'offer', scenario];
    const phase = first + index;
    return {
      path,
      name: `${scenario}-end`,
      isReadOnly: true,
      frozen: scenario,
      steps: [waitOf({ path, phase, scenario, map }), ...checksOf(checking, { path, phase, map })],
    };
  });
}

interface Written {
  readonly path: Path;
  readonly phase: number;
  readonly map: Readonly<Record<string, PlanJson>>;
}

/** How the form of its keys is wrong is told where the scenario is checked. */
function waitOf({ path, phase, scenario, map }: Written & { readonly scenario: string }): DraftStep {
  const { title } = map;
  const wait = typeof title === 'string' ? title : scenario;
  const ends = Object.fromEntries(['for', 'until'].flatMap((key) => (key in map ? [[key, map[key]]] : [])));
  const read = waitStep.safeParse({ wait, ...ends });
  return { path, phase, id: `${scenario}-lasts`, authored: read.success ? { kind: 'wait', step: read.data } : null };
}

function checksOf(checking: Checking, { path, phase, map }: Written): readonly DraftStep[] {
  const { unchanged } = map;
  const listed: readonly PlanJson[] = Array.isArray(unchanged) ? unchanged : [];
  return listed.map((item, index) => {
    const at = [...path, 'unchanged', index];
    return { path: at, phase, id: stepId(asMap(item) ?? {}), authored: checkOnly(checking, at, item) };
  });
}

function checkOnly(checking: Checking, path: Path, item: PlanJson): Authored | null {
  const authored = checkStep(checking, path, item);
  if (authored === null || authored.kind === 'check') return authored;
  reportValue(checking.findings, path, { message: 'only checks prove that nothing has changed', expected: 'a check' });
  return null;
}
