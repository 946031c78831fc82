import type { Message } from '@slipway/provider-kit';
import type { PagerdutyChannelConfig } from './schema.ts';

export type EventKind = 'trigger' | 'acknowledge' | 'resolve' | 'change';

/** What a message becomes: what the configuration says, or else what it is about. */
export function eventKind({ event }: Pick<PagerdutyChannelConfig, 'event'>, message: Message): EventKind {
  if (event !== 'auto') return event;
  if (message.alarm === undefined) return message.severity === 'critical' ? 'trigger' : 'change';
  switch (message.alarm.state) {
    case 'open':
      return 'trigger';
    case 'acknowledged':
      return 'acknowledge';
    case 'resolved':
      return 'resolve';
  }
}
