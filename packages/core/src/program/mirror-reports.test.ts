import { describe, expect, test } from 'vitest';
import type { MirrorReport } from '../model/mirror-report.ts';
import { Flight } from '../testing/flight.ts';
import { mirrored, reportOf } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { darkLaunch } from '../testing/steps.ts';
import { mirrorReports, totalOf } from './mirror-reports.ts';

const watched = () => new Flight(planOf([darkLaunch('dark', 'production')])).fly('dark:4.0');
const reports = (flight: Flight) => mirrorReports(flight.launch, 'dark');

describe('the reports of a dark launch', () => {
  test('are one a share, in their order', () => {
    const flight = watched();
    expect(reports(flight)).toEqual([]);
    const [first, second] = [reportOf(), reportOf({ share: 50, boot: 'two' })];
    flight.run('dark:4.0', mirrored('pass', first));
    flight.run('dark:5.0');
    flight.run('dark:6.0', mirrored('pass', second));
    expect(reports(flight)).toEqual([first, second]);
    expect(mirrorReports(flight.launch, 'other')).toEqual([]);
  });

  test('are the newest of a share that was watched again', () => {
    const flight = watched();
    flight.run('dark:4.0', mirrored('insufficient-data', reportOf({ compared: 3 })));
    flight.run('dark:4.1', mirrored('pass', reportOf({ compared: 200 })));
    expect(reports(flight)).toEqual([reportOf({ compared: 200 })]);
  });

  test('are none where the router could not say', () => {
    const flight = watched();
    flight.run('dark:4.0', mirrored('pass', null));
    expect(reports(flight)).toEqual([]);
  });
});

test.each<[string, readonly MirrorReport[], ReturnType<typeof totalOf>]>([
  ['of none is not known', [], null],
  ['of one', [reportOf({ different: 2 })], { copied: 120, failed: 0, compared: 100, different: 2 }],
  [
    'of counts that began again',
    [reportOf({ failed: 1 }), reportOf({ boot: 'two', different: 5 })],
    { copied: 240, failed: 1, compared: 200, different: 5 },
  ],
  [
    'of counts that went on',
    [reportOf({ compared: 40, copied: 50 }), reportOf({ different: 1 })],
    { copied: 120, failed: 0, compared: 100, different: 1 },
  ],
])('the total %s', (_, all, total) => {
  expect(totalOf(all)).toEqual(total);
});
