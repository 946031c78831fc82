import type { Launch } from '@slipway/core';
import { type Command, renderText } from '@slipway/plan';

/** A command as it will be run: with what the launch knows filled in. As written where that cannot be. */
export function commandText(launch: Launch, command: Command): string {
  const { plan, id } = launch;
  const variables = { launch: { name: plan.launch, title: plan.title, id }, artifact: plan.artifact };
  const text = command.argv.join(' ');
  const rendered = renderText(text, variables);
  return rendered.ok ? rendered.text : text;
}
