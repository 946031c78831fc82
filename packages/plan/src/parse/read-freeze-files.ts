import type { Freeze } from '../model/calendar.ts';
import { readIcs } from '../calendar/ics/read-ics.ts';
import { own } from '../text/own.ts';
import { instantOf } from '../time/local-time.ts';
import type { Draft } from './draft.ts';
import { type Findings, reportValue } from './findings.ts';

const DAY = 86_400_000;

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly now?: number;
}

/** The freezes of the calendar files that a plan names. A file that is not there, or not understood, is an error: what it closes would be open. */
export function readFreezeFiles(findings: Findings, draft: Draft, given: Given): readonly Freeze[] {
  const { calendar, zone } = draft;
  if (calendar === null || calendar === undefined || zone === null) return [];
  return calendar['freeze-files'].flatMap((file, index): readonly Freeze[] => {
    const refuse = (message: string, expected?: string): readonly Freeze[] => {
      reportValue(findings, ['calendar', 'freeze-files', index], {
        message,
        ...(expected === undefined ? {} : { expected }),
      });
      return [];
    };
    const text = own(given.files ?? {}, file);
    if (text === undefined) return refuse(`nobody could read ${file}`, 'a file beside the plan, sent with it');
    const from = yearFrom(draft, zone, given.now);
    if (from === null) return refuse('nobody can tell which year of it counts', 'a "t0", or a time at which it starts');
    const read = readIcs(text, { zone, from });
    return read.ok ? read.freezes : refuse(`${file} cannot be used: ${read.reason}`);
  });
}

/** T-0 where the plan has one; else the day of the start: the digest of a plan must not change with every second. */
function yearFrom({ t0 }: Draft, zone: string, now: number | undefined): number | null {
  const instant = typeof t0 === 'string' ? instantOf(t0, zone) : null;
  if (instant?.ok === true) return instant.at;
  return now === undefined ? null : Math.floor(now / DAY) * DAY;
}
