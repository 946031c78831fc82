import type { PlanReport } from '@slipway/contract';
import { span } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';

/** The tracks of a plan, each with who has a part in it and what it has to do. */
export function trackLines({ tracks = [], timeline }: PlanReport, pen: Pen): string[] {
  if (tracks.length === 0) return [];
  const { calendar } = pen.m;
  const lines = tracks.flatMap(({ name, owner, accountable, consulted, informed }) => {
    const head = pen.join(
      calendar.track(name, owner, accountable),
      consulted.length === 0 ? '' : calendar.consulted(consulted.join(', ')),
      informed.length === 0 ? '' : calendar.informed(informed.join(', ')),
    );
    const steps = timeline.filter((entry) => entry.track === name);
    const times = steps.map(({ at, earliest }) => at ?? `+${span(earliest)}`);
    return [
      ...pen.hang('  ', head),
      ...steps.flatMap((step, index) =>
        pen.hang(`    ${times[index] ?? ''}  `, pen.join(step.title, step.who.join(', '))),
      ),
    ];
  });
  return ['', ...pen.hang('', calendar.tracks, 'bold'), ...lines];
}
