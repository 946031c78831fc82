import type { EnvironmentView, LaunchView } from '@slipway/contract';
import { share } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';

/** Each environment's traffic as a bar, the new version's share first. */
export function traffic(view: LaunchView, pen: Pen): string[] {
  const names = view.environments.map((environment) => pen.clean(environment.name).length);
  const width = Math.min(20, Math.max(0, ...names)) + 2;
  return view.environments.flatMap((environment) => environmentLines(view, environment, { pen, width }));
}

function environmentLines(view: LaunchView, environment: EnvironmentView, at: { pen: Pen; width: number }): string[] {
  const { pen, width } = at;
  const { m } = pen;
  const lead = pen.pad(pen.clean(environment.name), width);
  const verified = environment.verified === null ? '' : m.traffic.verified(environment.verified);
  if (environment.split.length === 0) return pen.hang(lead, pen.join(m.traffic.nothing, verified));
  const ours = view.artifact.version;
  const shares = environment.split.toSorted((a, b) => Number(b.version === ours) - Number(a.version === ours));
  const cells = Math.max(8, Math.min(20, pen.screen.width - width - 32));
  const newest =
    shares[0]?.version === ours ? shares.map((each) => each.weight) : [0, ...shares.map((each) => each.weight)];
  const bar = pen.bar(newest, cells);
  const texts = shares.map((each) => `${each.version} ${share(each.weight, m.language)}`);
  return pen.hang(`${lead}${bar}  `, pen.join(...texts, verified));
}
