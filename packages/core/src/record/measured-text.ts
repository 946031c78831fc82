import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { stepsInOrder } from '../program/steps.ts';
import type { LaunchWords } from './message-words.ts';

type Values = Readonly<Record<string, { readonly new: number | null; readonly old: number | null }>>;

/** The newest figures of each metric, from the newest verdict that has them; null: nothing was measured. */
export function measuredText(launch: Launch, words: LaunchWords): string | null {
  const verdicts = stepsInOrder(launch.plan).flatMap(({ id }) => own(launch.verdicts, id) ?? []);
  const values: Values = Object.assign({}, ...verdicts.flatMap(({ findings }) => findings.map((each) => each.values)));
  const figures = Object.entries(values).flatMap(([metric, { new: fresh, old }]) => {
    if (fresh === null) return [];
    const show = (value: number): string => figureText(launch, metric, { value, words });
    return [old === null ? words.alone(metric, show(fresh)) : words.beside(metric, show(fresh), show(old))];
  });
  return figures.length === 0 ? null : figures.join(', ');
}

function figureText(launch: Launch, metric: string, { value, words }: { value: number; words: LaunchWords }): string {
  const unit = own(launch.plan.metrics, metric)?.unit;
  if (unit === 'ratio') return `${words.number(rounded(value * 100))} %`;
  if (unit === 'milliseconds') return `${words.number(rounded(value))} ms`;
  return words.number(rounded(value)) + (unit?.gauge ? ` ${unit.gauge}` : '');
}

/** Three digits say enough to people. */
const rounded = (value: number): number => Number(value.toPrecision(3));
