import { objectiveProblem } from '../objective.ts';
import type { ServiceLevel, SloIndicator, SloPromise } from './catalogue.ts';
import type { Fields } from './fields.ts';
import type { Library } from './library.ts';
import { readAlerts } from './read-alerts.ts';
import { readDuration } from './read-condition.ts';
import { readIndicator } from './read-indicator.ts';
import { readMeta } from './read-meta.ts';

/** An SLO, with what it refers to. null where a part of it was refused. */
export function readLevel(fields: Fields, library: Library): ServiceLevel | null {
  fields.header();
  const meta = readMeta(fields);
  const spec = fields.neededBelow('spec');
  fields.close();
  if (spec === null) return null;
  const description = spec.text('description');
  const service = spec.neededText('service');
  const indicator = indicatorOf(spec, library);
  readBudgeting(spec);
  const periodMs = readPeriod(spec);
  const promises = readPromises(spec);
  const alerts = readAlerts(spec, library);
  spec.close();
  if (meta === null || service === null || indicator === null || periodMs === null) return null;
  return { meta, description, service, periodMs, indicator, promises, alerts };
}

function indicatorOf(spec: Fields, library: Library): SloIndicator | null {
  if (spec.has('indicator') === spec.has('indicatorRef')) return spec.refuse('indicator', 'one-of-two');
  if (spec.has('indicator')) {
    const inline = spec.below('indicator');
    return inline === null ? null : readIndicator(inline);
  }
  const name = spec.neededText('indicatorRef');
  const named = name === null ? null : library.find('SLI', name, spec.findings);
  if (name !== null && named === null) return spec.refuse('indicatorRef', 'unknown-reference');
  return named === null ? null : readIndicator(named);
}

/** Only events are counted here. Slices of time that were good weigh a quiet minute as much as a busy one. */
function readBudgeting(spec: Fields): void {
  const method = spec.neededText('budgetingMethod');
  if (method === 'Timeslices') spec.refuse('budgetingMethod', 'timeslices');
  else if (method !== null && method !== 'Occurrences') spec.refuse('budgetingMethod', 'wrong-value');
}

function readPeriod(spec: Fields): number | null {
  const [window, ...others] = spec.mappings('timeWindow');
  if (window === undefined || others.length > 0) return spec.refuse('timeWindow', 'one-expected');
  if (window.has('calendar')) return window.refuse('calendar', 'calendar-window');
  if (window.flag('isRolling') === false) return window.refuse('isRolling', 'calendar-window');
  const periodMs = readDuration(window, 'duration');
  window.close();
  if (periodMs === null || objectiveProblem({ target: 0, periodMs }) === null) return periodMs;
  return window.refuse('duration', 'wrong-value');
}

function readPromises(spec: Fields): readonly SloPromise[] {
  if (spec.list('objectives').length === 0) spec.refuse('objectives', 'missing');
  return spec.mappings('objectives').flatMap((objective) => readPromise(objective) ?? []);
}

/** What makes a whole of several indicators, each with a weight. */
const COMPOSITE = ['indicator', 'indicatorRef', 'compositeWeight'];
const IN_TIME = ['timeSliceTarget', 'timeSliceWindow'];

function readPromise(objective: Fields): SloPromise | null {
  for (const key of COMPOSITE) if (objective.has(key)) return objective.refuse(key, 'composite');
  for (const key of IN_TIME) if (objective.has(key)) return objective.refuse(key, 'timeslices');
  const displayName = objective.text('displayName');
  const target = readTarget(objective);
  objective.close();
  return target === null ? null : { displayName, target };
}

function readTarget(objective: Fields): number | null {
  if (objective.has('target') === objective.has('targetPercent')) return objective.refuse('target', 'one-of-two');
  const key = objective.has('target') ? 'target' : 'targetPercent';
  const written = objective.number(key);
  if (written === null) return null;
  // 99.95 / 100 has a digit too many.
  const target = key === 'target' ? written : Number((written / 100).toFixed(15));
  return objectiveProblem({ target, periodMs: 1 }) === null ? target : objective.refuse(key, 'wrong-value');
}
