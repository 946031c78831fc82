import { facts, type Launch, type Moment } from '@slipway/core';
import type { Alarm, Message, Severity } from '@slipway/provider-kit';
import { launchKey } from '../providers/effect-key.ts';

/** A launch has one alarm: that it does not go on by itself. It is over when the launch goes on, or ends. */
const CAUSE = 'launch';

/** What the launch knows of a message besides its words; `notice` is the id of its effect. */
export function meaningOf(launch: Launch, notice: string): Omit<Message, 'id' | 'launch' | 'title' | 'text'> {
  const { name, version } = launch.plan.artifact;
  const queued = launch.notices[notice];
  const told = alarmAt(queued?.moment ?? null);
  // A message that comes late, after a crash or many tries, must not raise an alarm that nobody would end any more.
  const isLate = told === 'open' && goesOn(launch);
  const alarm = isLate ? null : told;
  const isPage = queued?.page !== undefined && !isLate;
  return {
    thread: launchKey(launch),
    ...(queued === undefined ? {} : { at: queued.queuedAt }),
    severity: isPage ? 'critical' : severityAt(queued?.moment ?? null),
    ...(alarm === null ? {} : { alarm: { cause: CAUSE, state: alarm } }),
    artifact: { name, version, previousVersion: facts(launch).previousVersion },
  };
}

const goesOn = ({ mode }: Launch): boolean => mode.is === 'running' || mode.is === 'ended';

/** null: told by a step, or a moment that neither begins nor ends an alarm. */
function alarmAt(moment: Moment | null): Alarm['state'] | null {
  switch (moment) {
    case 'held':
    case 'turning-back':
    case 'rollback-incomplete':
      return 'open';
    case 'rolled-back':
    case 'scrubbed':
    case 'completed':
    case 'resumed':
      return 'resolved';
    case 'started':
    case 'soaking':
    case 'review-overdue':
    case 't0-moved':
    case null:
      return null;
  }
}

function severityAt(moment: Moment | null): Severity {
  switch (moment) {
    case 'rollback-incomplete':
      return 'critical';
    case 'held':
    case 'turning-back':
    case 'review-overdue':
      return 'warning';
    case 'started':
    case 'soaking':
    case 'resumed':
    case 'rolled-back':
    case 'scrubbed':
    case 'completed':
    case 't0-moved':
    case null:
      return 'info';
  }
}
