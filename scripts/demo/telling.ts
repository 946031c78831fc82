import { styleText } from 'node:util';
import type { LaunchView } from '@slipway/contract';

/** What the demo has to say of one launch. */
export interface Told {
  readonly version: string;
  readonly view: LaunchView;
  /** What the visitors themselves counted of this version. */
  readonly met: {
    readonly requests: number;
    readonly bad: number;
    readonly firstBadAt: number | null;
    readonly lastAt: number | null;
  };
  readonly record: string;
  /** What the launch left in the scratch clone; '' where it left nothing. */
  readonly traces: { readonly tag: string; readonly changelog: string };
}

export function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}\n${'─'.repeat(text.length)}`);
}

export function say(text: string): void {
  console.log(text);
}

/** What happened, in figures that can be checked against the records. */
export function summary(launches: readonly Told[], run: { readonly lost: number; readonly seconds: number }): void {
  heading('What happened');
  for (const told of launches) for (const line of linesOf(told)) say(line);
  say(
    `\nRequests that got no answer at all: ${run.lost}. The whole demo took ${run.seconds.toFixed(0)} s; everything it started is stopped.`,
  );
}

function linesOf({ version, view, met, record, traces }: Told): readonly string[] {
  const seconds = view.firstBadAt === null || view.backAt === null ? null : (view.backAt - view.firstBadAt) / 1000;
  return [
    `${version}: ${view.headline}.`,
    ...view.causes.map((cause) => `  Why: ${cause}`),
    ...(seconds === null
      ? []
      : [`  From the first bad response to all traffic back on ${view.previousVersion}: ${seconds.toFixed(1)} s`]),
    `  Requests that met ${version}: ${met.requests} as the visitors count, ${met.bad} of them bad${view.exposure === null ? '' : ` (${view.exposure} in the last verdict)`}`,
    ...(traces.tag === '' ? [] : [`  Git tag ${traces.tag}, CHANGELOG entry "${traces.changelog}"`]),
    `  Record: ${record}`,
  ];
}
