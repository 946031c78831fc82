import { CONTENDERS } from '../contenders/contenders.ts';
import { launch } from '../correlated/launch.ts';
import { type Cell, HOUR } from '../grid.ts';
import { armsOf } from '../streams/arms.ts';
import { randomOf } from '../streams/random.ts';
import { correlatedStreams } from '../correlated/arms/kinds.ts';
import { settingsFor } from '../correlated/settings.ts';
import { PATTERNS } from '../streams/pattern.ts';
import { NO_REGRESSION, REGRESSIONS, times } from '../streams/regression.ts';
import { type Stop, watch } from './watch.ts';

/** Launches of one kind. A process is told everything by name: only data goes over to it. */
export interface Launches {
  readonly cell: Cell;
  /** Launches, each with a seed that its number and these orders make. */
  readonly runs: number;
}

export interface GridLaunches extends Launches {
  readonly pattern: string;
  /** The name of a regression, or how many times as often the new version fails. */
  readonly regression: string | number;
  readonly contenders: readonly string[];
}

export interface CorrelatedLaunches extends Launches {
  readonly correlation: string;
  /** Times as many bad answers as usual of the new version. */
  readonly factor: number;
}

/** By contender, in the order of their names; then by launch. */
export function watchGrid({ cell, runs, pattern, regression, contenders }: GridLaunches): readonly (readonly Stop[])[] {
  const scene = {
    cell,
    pattern: named(PATTERNS, pattern),
    regression: typeof regression === 'number' ? times(regression) : named([NO_REGRESSION, ...REGRESSIONS], regression),
  };
  const { onset } = scene.regression;
  return byContender(contenders.length, runs, (run) => {
    const stream = armsOf(scene, randomOf([...seedOf(cell), pattern, regression, run].join('/')));
    const judges = contenders.map((name) => {
      const start = CONTENDERS[name];
      if (start === undefined) throw new RangeError(`no judge is called ${name}`);
      return start(scene);
    });
    return watch(stream, judges, { seconds: HOUR, onset });
  });
}

/** By setting, in the order of settingsFor(); then by launch. */
export function watchCorrelated({ cell, runs, correlation, factor }: CorrelatedLaunches): readonly (readonly Stop[])[] {
  const kind = named(Object.values(correlatedStreams), correlation);
  const settings = settingsFor(kind);
  return byContender(settings.length, runs, (run) => {
    const random = randomOf([...seedOf(cell), correlation, factor, run].join('/'));
    return launch({ cell, kind, factor, settings, seconds: HOUR }, random);
  });
}

function byContender(
  contenders: number,
  runs: number,
  run: (run: number) => readonly Stop[],
): readonly (readonly Stop[])[] {
  const stops = Array.from({ length: runs }, (_, number) => run(number));
  return Array.from({ length: contenders }, (_, contender) => stops.flatMap((each) => each[contender] ?? []));
}

function seedOf({ rate, share, base }: Cell): readonly number[] {
  return [rate, share, base];
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`nothing is called ${name}`);
  return found;
}
