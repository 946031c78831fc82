/** The version of the specification: https://cdevents.dev. */
export const SPEC_VERSION = '0.4.1';

/** The events that a launch can be about, each with the version of its type in this version of the specification. */
const TYPE_VERSIONS = {
  'service.deployed': '0.2.0',
  'service.upgraded': '0.2.0',
  'service.rolledback': '0.2.0',
  'service.published': '0.2.0',
  'service.removed': '0.2.0',
  'environment.modified': '0.2.0',
  'incident.detected': '0.2.0',
  'incident.resolved': '0.2.0',
  'change.created': '0.3.0',
  'change.updated': '0.2.0',
  'change.reviewed': '0.2.0',
  'change.merged': '0.2.0',
  'change.abandoned': '0.2.0',
} as const;

export type EventName = keyof typeof TYPE_VERSIONS;

export const EVENT_NAMES = Object.keys(TYPE_VERSIONS) as [EventName, ...EventName[]];

/** Like `dev.cdevents.service.deployed.0.2.0`. */
export function eventType(event: EventName): string {
  return `dev.cdevents.${event}.${TYPE_VERSIONS[event]}`;
}

/** Whether the specification asks for the environment. */
export const hasEnvironment = (event: EventName): boolean => !event.startsWith('change.');
