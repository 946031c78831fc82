import { endOf } from '../calendar/quiet-until.ts';
import type { Draft } from '../parse/draft.ts';
import { type Findings, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { valueAt } from '../parse/source.ts';
import { quietHours } from '../resolve/quiet-hours.ts';
import { unknownName } from './unknown-name.ts';

/** Epoch ms of 2024-01-15, near no change of clocks: quiet hours come back every week. */
const SOME_DAY = 1_705_276_800_000;

/** Quiet hours that the plan writes itself are those of channels that there are, and they end. */
export function lintQuietHours(findings: Findings, draft: Draft): void {
  if (valueAt(findings.source, ['messages', 'quiet']) === undefined) return;
  lintNames(findings, draft);
  lintEnds(findings, draft, ['messages', 'quiet']);
}

/** Quiet hours end. `path`: where they stand in the file that is looked at. */
export function lintEnds(findings: Findings, draft: Draft, path: Path): void {
  const quiet = quietHours(draft, draft.zone ?? 'UTC');
  for (const channel of new Set(quiet.flatMap(({ channels }) => channels))) {
    const its = quiet.filter(({ channels }) => channels.includes(channel));
    if (endOf(its, SOME_DAY) !== null) continue;
    const message = `the quiet hours of "${channel}" never end, so nothing that can wait would reach it`;
    reportValue(findings, path, { message, expected: 'hours that end' });
  }
}

/** Not of the team's file: it may speak of channels that other plans have. */
function lintNames(findings: Findings, draft: Draft): void {
  const names = [...draft.channels.keys(), ...Object.keys(draft.audiences ?? {})];
  for (const [index, { to }] of (draft.messages?.quiet ?? []).entries()) {
    for (const [place, name] of to.entries()) {
      if (names.includes(name)) continue;
      const message = unknownName(name, { word: 'channel', section: 'channels', names });
      reportValue(findings, ['messages', 'quiet', index, 'to', place], { message });
    }
  }
}
