import { effectPlace } from '@slipway/core';
import { forbiddenCommand, type Ordered } from '@slipway/plan';
import { TerminalError } from '@slipway/provider-kit';
import type { EffectContext } from './handler.ts';

/** The rule at validate, once more: a plan may have been read before there was one. Nothing stops a way back. */
export function refuseForbidden(
  commands: readonly Ordered[],
  { launch, effect }: Pick<EffectContext, 'launch' | 'effect'>,
): void {
  if (effectPlace(effect.id).of !== 'step') return;
  const forms = launch.policy?.rules.forbidCommands ?? [];
  const why = commands.map((command) => forbiddenCommand(launch.plan, command, forms)).find((each) => each !== null);
  if (why !== undefined) throw new TerminalError(`this command is forbidden and was not run: ${why}`);
}
