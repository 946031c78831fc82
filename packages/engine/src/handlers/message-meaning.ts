import { facts, type Launch, type Moment } from '@slipway/core';
import type { Alarm, Message, Severity } from '@slipway/provider-kit';
import { launchKey } from '../providers/effect-key.ts';

/** A launch has one alarm: that it does not go on by itself. It is over when the launch goes on, or ends. */
const CAUSE = 'launch';

/** What the launch knows of a message besides its words; `notice` is the id of its effect. */
export function meaningOf(launch: Launch, notice: string): Omit<Message, 'id' | 'launch' | 'title' | 'text'> {
  const { name, version } = launch.plan.artifact;
  const queued = launch.notices[notice];
  const alarm = alarmAt(queued?.moment ?? null);
  return {
    thread: launchKey(launch),
    ...(queued === undefined ? {} : { at: queued.queuedAt }),
    severity: queued?.page === undefined ? severityAt(queued?.moment ?? null) : 'critical',
    ...(alarm === null ? {} : { alarm: { cause: CAUSE, state: alarm } }),
    artifact: { name, version, previousVersion: facts(launch).previousVersion },
  };
}

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
