import { type Facts, facts, type Launch, launchFacts } from '@slipway/core';
import {
  givenWords,
  instantText,
  type MessageSpec,
  type MessageVariables,
  type Rendered,
  renderMessage,
} from '@slipway/plan';

export interface RenderedMessage {
  readonly title: Rendered;
  readonly text: Rendered;
}

/** A message of a launch as it reads at `now` (epoch ms): what nobody knows then is shown as missing. Never throws. */
export function messageAt(launch: Launch, { title, text }: MessageSpec, now: number): RenderedMessage {
  const variables = variablesAt(launch, now);
  const language = languageOf(launch);
  const render = (template: string): Rendered => renderMessage(template, variables, language);
  return { title: render(title), text: render(text) };
}

const languageOf = ({ plan }: Launch) => plan.messages?.language ?? 'en';

function variablesAt(launch: Launch, now: number): MessageVariables {
  const { plan, id } = launch;
  let known: Facts | null = null;
  const counted = (): Facts => (known ??= facts(launch));
  const inZone = (at: number): string => instantText(at, plan.zone);
  return {
    launch: { name: plan.launch, title: plan.title, id },
    artifact: plan.artifact,
    facts: joined(
      {
        get exposure() {
          return counted().exposure;
        },
        get secondsToRecover() {
          return counted().secondsToRecover;
        },
        get cause() {
          return counted().cause;
        },
        get previousVersion() {
          return counted().previousVersion;
        },
        get startedAt() {
          return inZone(launch.startedAt);
        },
      },
      launchFacts(launch, { language: languageOf(launch), now, inZone }),
    ),
    person: launch.startedBy.kind === 'person' ? launch.startedBy.id : 'Slipway',
    ...givenWords(plan.messages),
  };
}

/** Both, without reading what either works out only when it is read. */
function joined<One extends object, Other extends object>(one: One, other: Other): One & Other {
  return Object.defineProperties(one, Object.getOwnPropertyDescriptors(other)) as One & Other;
}
