import type { ObserveWork } from '@slipway/core';
import type { IdentityFound } from '@slipway/judge';
import { type Identity, renderText } from '@slipway/plan';
import { type InstanceState, reasonOf, TerminalError } from '@slipway/provider-kit';
import { type ProviderAccess, variablesOf } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { instancesOf } from '../ready-instances.ts';
import { type Answered, askInstance, type Question } from './ask-instance.ts';
import { withinLimit } from './within-limit.ts';

/** Instances that are asked at a time, and of those so many at once. */
const [MOST, AT_ONCE] = [50, 10];
/** Characters of what an instance said that people are shown. */
const LONGEST = 60;

export interface Asked {
  readonly work: ObserveWork;
  readonly identity: Identity;
  /** How often they were asked before: of more than 50 instances others are asked each time. */
  readonly before: number;
}

/**
 * Asks the instances of the new version that are ready, which are those that get traffic, which version they are. One that says that it
 * is another decides; of the rest one that is unknown. Rejects only where the caller was stopped.
 */
export async function askInstances(access: ProviderAccess, asked: Asked, context: EffectContext): Promise<Answered> {
  const { signal } = context;
  try {
    const expected = expectedOf(asked, context);
    const ready = await withinLimit(access.machine.clock, signal, (limit) =>
      readyOf(access, asked.work, { ...context, signal: limit }),
    );
    if (ready.length === 0) return { found: { is: 'unknown', why: { reason: 'unready' } }, detail: '' };
    const question = { identity: asked.identity, expected, signal, shown: shownBy(access) };
    return together(await askAll(access, inTurn(ready, asked.before), question));
  } catch (error) {
    signal.throwIfAborted();
    return { found: { is: 'unknown', why: { reason: 'untold' } }, detail: reasonOf(error) };
  }
}

/** Throws TerminalError for a template that gives nothing: whatever an instance says would be another version. */
function expectedOf({ work, identity }: Asked, { launch }: EffectContext): string {
  const rendered = renderText(identity.is, variablesOf(launch, work.newVersion));
  if (!rendered.ok) throw new TerminalError(`identity.is: ${rendered.reason}`);
  if (rendered.text.trim() === '') throw new TerminalError(`identity.is: ${identity.is} gives an empty text`);
  return rendered.text.trim();
}

async function readyOf(
  access: ProviderAccess,
  { environment, newVersion }: ObserveWork,
  call: EffectContext,
): Promise<readonly InstanceState[]> {
  const { provider, config, place, context } = await access.target(environment, null, call);
  const instances = instancesOf(await provider.inspect(config, place, context), newVersion);
  return instances.filter(({ ready }) => ready);
}

/** All that there are, and of too many the next ones. */
function inTurn(instances: readonly InstanceState[], before: number): readonly InstanceState[] {
  if (instances.length <= MOST) return instances;
  const from = (before * MOST) % instances.length;
  return [...instances.slice(from), ...instances.slice(0, from)].slice(0, MOST);
}

async function askAll(
  { machine }: ProviderAccess,
  instances: readonly InstanceState[],
  question: Question,
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  const left = instances.values();
  const askNext = async (): Promise<void> => {
    // One iterator for all who ask: each instance is asked once.
    for (const instance of left) answers.push(await askInstance(machine.http, instance, question));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askNext));
  return answers;
}

function together(answers: readonly Answered[]): Answered {
  const worst = (is: IdentityFound['is']) => answers.find(({ found }) => found.is === is);
  const confirmed: Answered = { found: { is: 'confirmed', instances: answers.length }, detail: '' };
  return worst('other') ?? worst('unknown') ?? confirmed;
}

/** Redacted before it is cut: half of a secret is not known as one. */
function shownBy({ machine }: ProviderAccess): Question['shown'] {
  return (said) => {
    const text = machine.redactor.redact(said).replaceAll(/\p{Cc}+/gu, ' ');
    return text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;
  };
}
