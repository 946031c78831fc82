import type { FlagView } from '@slipway/contract';
import stringWidth from 'string-width';
import { localTime } from '../terminal/local-time.ts';
import { flagMark, scheduledLine } from './flag-lists.ts';
import type { Pen } from './pen.ts';

/** A flag with all that is known of it: who gets what now stands first. */
export function flagLines(flag: FlagView, pen: Pen): string[] {
  const { flags: words } = pen.m;
  const mark = flagMark(flag.state, pen.symbols);
  const { labels } = words;
  const rows: readonly (readonly [string, string])[] = [
    [labels.now, flag.sentence],
    ...(flag.next === null ? [] : [[labels.next, flag.next] as const]),
    ...(flag.kill === null ? [] : [[labels.killedAt, localTime(flag.kill.at)] as const]),
    ...(flag.ramp === null ? [] : rampRows(flag.ramp, flag.key, pen)),
    ...(flag.requires.length === 0
      ? []
      : [[labels.requires, flag.requires.map((each) => words.serves(each.flag, each.variant)).join(', ')] as const]),
    [labels.variants, pen.join(variantsOf(flag), words.off(flag.off))],
    [labels.purpose, flag.purpose],
    [labels.owner, pen.join(flag.owner, flag.type, words.expires(flag.expires))],
    [labels.file, flag.origin.kind === 'file' ? flag.origin.file : words.inServer],
    [labels.changed, localTime(flag.changedAt)],
  ];
  const width = Math.max(...Object.values(labels).map((label) => stringWidth(pen.clean(label)))) + 2;
  return [
    ...pen.hang(
      `${pen.paint(mark.style, `${mark.symbol} ${pen.clean(words.states[flag.state])}`)} `,
      pen.join(flag.key, flag.set),
      'bold',
    ),
    ...rows.flatMap(([label, text]) => pen.hang(`  ${pen.pad(pen.clean(label), width)}`, text)),
    ...flag.scheduled.flatMap((each) => scheduledLine(each, pen, '  ')),
  ];
}

function rampRows(ramp: NonNullable<FlagView['ramp']>, key: string, pen: Pen): readonly (readonly [string, string])[] {
  const { labels } = pen.m.flags;
  const who = [labels.ramp, `${ramp.variant}: ${ramp.audience.join(', ')}`] as const;
  // A cohort of its own is what everybody expects.
  return ramp.cohort === key ? [who] : [who, [labels.cohort, ramp.cohort]];
}

function variantsOf({ definition }: FlagView): string {
  const { variants } = definition;
  if (typeof variants !== 'object' || variants === null) return '';
  return Object.entries(variants)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ');
}
