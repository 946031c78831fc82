import { facts, type Launch, launchFacts } from '@slipway/core';
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
  const { exposure, secondsToRecover, cause, previousVersion } = facts(launch);
  const inZone = (at: number): string => instantText(at, plan.zone);
  return {
    launch: { name: plan.launch, title: plan.title, id },
    artifact: plan.artifact,
    facts: {
      exposure,
      secondsToRecover,
      cause,
      previousVersion,
      startedAt: inZone(launch.startedAt),
      ...launchFacts(launch, { language: languageOf(launch), now, inZone }),
    },
    person: launch.startedBy.kind === 'person' ? launch.startedBy.id : 'Slipway',
    ...givenWords(plan.messages),
  };
}
