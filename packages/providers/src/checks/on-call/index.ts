import {
  boundedEvidence,
  type CheckProvider,
  type EvidenceItem,
  formatDuration,
  RetryableError,
} from '@slipway/provider-kit';
import { cover, type Stretch } from './cover.ts';
import { readCalendar } from './read-calendar.ts';
import { type OnCallCheckConfig, onCallCheckSchema } from './schema.ts';

type Needs = 'directory' | 'http' | 'secret' | 'rota';

/** Looks whether somebody is on call at every minute from now on, for as long as is asked. A calendar that cannot be read says nothing. */
export const onCallCheck: CheckProvider<OnCallCheckConfig, Needs> = {
  kind: 'check',
  name: 'on-call',
  schema: onCallCheckSchema,
  needs: ['directory', 'http', 'secret', 'rota'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const from = context.now();
    const to = from + config.for;
    const rota = context.rota(await readCalendar(config, context), { from, to });
    if (!rota.ok) throw new RetryableError(`the calendar cannot be read: ${rota.reason}`);
    const wanted = config.title?.toLowerCase();
    const shifts = rota.shifts.filter(({ title }) => wanted === undefined || title.toLowerCase().includes(wanted));
    const stretches = cover(shifts, from, to);
    const gap = stretches.find(({ who }) => who.length === 0);
    const evidence = boundedEvidence(summaryOf(stretches, config.for), stretches.map(itemOf));
    return { verdict: gap === undefined ? 'pass' : 'fail', evidence };
  },
};

function summaryOf(stretches: readonly Stretch[], length: number): string {
  const gap = stretches.find(({ who }) => who.length === 0);
  if (gap !== undefined) return `nobody is on call from ${timeOf(gap.from)} to ${timeOf(gap.to)}`;
  const told = stretches.slice(0, 5).map(({ who, to }) => `${who.join(', ')} until ${timeOf(to)}`);
  const rest = stretches.length > told.length ? `, and ${stretches.length - told.length} more` : '';
  return `on call for ${formatDuration(length)}: ${told.join(', then ')}${rest}`;
}

function itemOf({ from, to, who }: Stretch): EvidenceItem {
  return {
    asked: `${timeOf(from)} to ${timeOf(to)}`,
    found: who.length === 0 ? 'nobody' : who.join(', '),
    expected: 'somebody',
    verdict: who.length === 0 ? 'fail' : 'pass',
  };
}

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
