import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { CommandNeeds } from '../../commands/run-command.ts';
import type { Value } from './agree.ts';
import { agree } from './agree.ts';
import { driftOf } from './drift.ts';
import { readSide } from './read-side.ts';
import type { Component, ParityCheckConfig } from './schema.ts';
import { parityCheckSchema } from './schema.ts';

type Needs = CommandNeeds | 'http';

/** Compares components of staging and production, and scores how far the two are apart. */
export const parityCheck: CheckProvider<ParityCheckConfig, Needs> = {
  kind: 'check',
  name: 'parity',
  schema: parityCheckSchema,
  needs: ['commands', 'directory', 'secret', 'http'],
  async run({ components, 'max-drift': maxDrift }, context) {
    context.signal.throwIfAborted();
    const compared: { readonly item: EvidenceItem; readonly weight: number }[] = [];
    for (const component of components) {
      compared.push({ item: await compare(component, context), weight: component.weight });
    }
    const drift = driftOf(compared.map(({ item, weight }) => ({ verdict: item.verdict, weight })));
    const items = compared.map(({ item }) => item);
    const unknown = items.filter(({ verdict }) => verdict === 'unknown');
    const passes = unknown.length === 0 && drift <= maxDrift;
    const apart = items.filter(({ verdict }) => verdict !== 'pass').map(({ asked }) => asked);
    const score = `drift ${percent(drift)}, at most ${percent(maxDrift)} allowed`;
    const summary = `Staging and production ${apart.length === 0 ? 'agree' : `differ in ${apart.slice(0, 10).join(', ')}`}: ${score}`;
    const driftItem: EvidenceItem = {
      asked: 'drift score',
      found: percent(drift),
      expected: `at most ${percent(maxDrift)}`,
      verdict: unknown.length > 0 ? 'unknown' : passes ? 'pass' : 'fail',
    };
    // A difference within what is allowed is shown, and does not fail.
    const shown = passes ? items.map(tolerated) : items;
    return { verdict: passes ? 'pass' : 'fail', evidence: boundedEvidence(summary, [driftItem, ...shown]) };
  },
};

async function compare(component: Component, context: ProviderContext<Needs>): Promise<EvidenceItem> {
  const { name, must } = component;
  const staging = await readNamed(component, 'staging', context);
  const production = await readNamed(component, 'production', context);
  const found = `staging ${textOf(staging)}, production ${textOf(production)}`;
  return { asked: name, found, expected: WORDS[must], verdict: agree(must, staging, production) };
}

const WORDS: Readonly<Record<Component['must'], string>> = {
  equal: 'equal',
  'same-major': 'the same major version',
  'at-least': 'production at least as staging',
};

/** Throws as `readSide` does, and says whose value it was. */
async function readNamed(
  component: Component,
  place: 'staging' | 'production',
  context: ProviderContext<Needs>,
): Promise<Value> {
  try {
    return await readSide(component[place], context);
  } catch (error) {
    context.signal.throwIfAborted();
    const where = `${component.name} in ${place}`;
    if (error instanceof TerminalError) throw new TerminalError(`${where}: ${error.message}`);
    if (error instanceof RetryableError) throw new RetryableError(`${where}: ${error.message}`);
    throw error;
  }
}

const textOf = (value: Value): string =>
  'known' in value
    ? String(value.known).replaceAll(/\s+/g, ' ').slice(0, 300).toWellFormed()
    : `unknown (${value.unknown})`;

const tolerated = (item: EvidenceItem): EvidenceItem =>
  item.verdict === 'pass' ? item : { ...item, expected: `${item.expected}, or within max-drift`, verdict: 'pass' };

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
