import { type Calibration, LEAST_CALIBRATION } from '@slipway/judge';
import type { Pen } from '../../render/pen.ts';
import { percent } from '../../terminal/numbers.ts';

/** Whether the metric may be trusted, the setting for the plan, and what the old version came to against itself. */
export function calibrationLines(found: Calibration, pen: Pen): readonly string[] {
  const { m, symbols } = pen;
  const { calibration: words } = m.judge;
  const { trusted, lack, dispersion, compared } = found;
  if (lack !== null) {
    const have = lack === 'shards' ? found.shards - found.newShards : found[lack];
    return pen.hang(`${pen.paint('yellow', symbols.warning)} `, words.lacks[lack](have, LEAST_CALIBRATION[lack]));
  }
  const sign = trusted ? pen.paint('green', symbols.passed) : pen.paint('red', symbols.failed);
  const basis = words.basis(found);
  return [
    ...pen.hang(`${sign} `, pen.join(trusted ? words.trusted : words.notTrusted, basis)),
    ...(trusted && dispersion !== null ? [`  dispersion: ${dispersion}`] : []),
    ...(trusted && dispersion !== null && dispersion > 1 ? pen.hang('  ', words.price(dispersion)) : []),
    ...compared.flatMap(({ runs, alarms, atMost, dispersion: setting }) =>
      pen.hang('  ', words.compared({ setting, runs, alarms, atMost: percent(atMost, m.language) })),
    ),
    ...pen.hang('  ', words.shared, 'dim'),
  ];
}
