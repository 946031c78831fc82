import { type Calibration, LEAST_CALIBRATION, type SelfComparison } from '@slipway/judge';
import type { Messages } from '../../messages/messages.ts';
import type { Pen } from '../../render/pen.ts';
import { percent } from '../../terminal/numbers.ts';

/** Whether the metric may be trusted, the setting for the plan, and what the old version came to against itself. */
export function calibrationLines(found: Calibration, pen: Pen): readonly string[] {
  const { m, symbols } = pen;
  const { calibration: words } = m.judge;
  const { trusted, lack, untried, compared } = found;
  if (lack !== null) {
    const have = lack === 'shards' ? found.shards - found.newShards : found[lack];
    return pen.hang(`${pen.paint('yellow', symbols.warning)} `, words.lacks[lack](have, LEAST_CALIBRATION[lack]));
  }
  const sign = trusted ? pen.paint('green', symbols.passed) : pen.paint('red', symbols.failed);
  const basis = words.basis(found);
  return [
    ...pen.hang(`${sign} `, pen.join(trusted ? words.trusted : words.notTrusted, basis)),
    ...settingLines(found, pen),
    ...(untried === null ? [] : pen.hang('  ', words.untried[untried])),
    ...compared.flatMap((comparison) => pen.hang('  ', comparedWords(comparison, compared, m))),
    ...pen.hang('  ', words.shared, 'dim'),
  ];
}

/** What goes into the plan, word for word, and what it takes. */
function settingLines({ setting, dispersion, compared }: Calibration, pen: Pen): readonly string[] {
  const { calibration: words } = pen.m.judge;
  if (setting === null || dispersion === null) return [];
  if (setting === 'requests')
    return [`  dispersion: ${dispersion}`, ...(dispersion > 1 ? pen.hang('  ', words.price(dispersion)) : [])];
  const ofRequests = compared.find((each) => each.setting === 'requests' && each.dispersion === dispersion);
  return ['  compare: instances', ...pen.hang('  ', words.instances(ofRequests?.holds === true ? dispersion : null))];
}

function comparedWords(comparison: SelfComparison, all: readonly SelfComparison[], m: Messages): string {
  const { runs, alarms, atMost, seconds } = comparison;
  const setting = comparison.setting === 'instances' ? 'compare: instances' : `dispersion ${comparison.dispersion}`;
  const newest = all.some((other) => other.seconds > seconds) ? seconds : null;
  const { compared } = m.judge.calibration;
  return compared({ setting, runs, alarms, atMost: percent(atMost, m.language), newest });
}
