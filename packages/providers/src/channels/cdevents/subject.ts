import type { Message } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { cutText, oneLine } from '../posting/cut-text.ts';
import type { CdeventsChannelConfig } from './schema.ts';

const LONGEST_DESCRIPTION = 1000;

/** The subject of an event, as its schema in the specification has it. */
export interface Subject {
  readonly id: string;
  readonly type: 'service' | 'environment' | 'incident' | 'change';
  readonly content: Readonly<Record<string, unknown>>;
}

/** Throws TerminalError where neither the configuration nor the message says what the event must say. */
export function subjectOf(config: CdeventsChannelConfig, message: Message): Subject {
  const environment = { id: config.environment ?? '' };
  const description = cutText(oneLine(message.title), LONGEST_DESCRIPTION);
  const repository = config.repository === undefined ? {} : { repository: { id: config.repository } };
  switch (config.event) {
    case 'service.deployed':
    case 'service.upgraded':
    case 'service.rolledback':
      return service(config, message, { environment, artifactId: artifactId(config, message) });
    case 'service.published':
    case 'service.removed':
      return service(config, message, { environment });
    case 'environment.modified':
      return { id: config.subject ?? environment.id, type: 'environment', content: { name: environment.id } };
    case 'incident.detected':
    case 'incident.resolved': {
      const of = message.artifact === undefined ? {} : { service: { id: message.artifact.name } };
      return { id: config.subject ?? alarmOf(message), type: 'incident', content: { description, environment, ...of } };
    }
    case 'change.created':
      return change(config, message, { description, ...repository });
    case 'change.updated':
    case 'change.reviewed':
    case 'change.merged':
    case 'change.abandoned':
      return change(config, message, repository);
  }
}

type Content = Subject['content'];

function service({ subject }: CdeventsChannelConfig, { artifact }: Message, content: Content): Subject {
  const id = subject ?? artifact?.name;
  if (id === undefined) throw new TerminalError('nobody says which service: write subject in the channel');
  return { id, type: 'service', content };
}

function change({ subject }: CdeventsChannelConfig, { launch }: Message, content: Content): Subject {
  return { id: subject ?? launch, type: 'change', content };
}

/** The same when it is detected and when it is resolved. */
const alarmOf = ({ thread, launch, alarm }: Message): string => `${thread ?? launch}/${alarm?.cause ?? 'launch'}`;

function artifactId({ artifact: given, event }: CdeventsChannelConfig, { artifact }: Message): string {
  if (given !== undefined) return given;
  const version = event === 'service.rolledback' ? artifact?.previousVersion : artifact?.version;
  if (artifact === undefined || version === undefined || version === null) {
    throw new TerminalError('nobody knows which version serves: write artifact in the channel, as a package URL');
  }
  return `pkg:generic/${encodeURIComponent(artifact.name)}@${encodeURIComponent(version)}`;
}
