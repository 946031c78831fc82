import { describe, expect, it } from 'vitest';
import { registry } from '../index.ts';

const kinds: readonly (readonly [string, Readonly<Record<string, { readonly name: string }>>])[] =
  Object.entries(registry);

describe.each(kinds)('registry of %s', (_kind, providers) => {
  it('lists each provider under its own name', () => {
    const names = Object.entries(providers).map(([key, provider]) => [key, provider.name]);
    expect(names).toEqual(Object.keys(providers).map((key) => [key, key]));
  });
});

it('holds the kinds that the interface names, with what each came with', () => {
  expect(Object.keys(registry.checks)).toEqual(expect.arrayContaining(['command', 'env-file', 'git', 'http']));
  expect(Object.keys(registry.actions)).toContain('command');
  expect(Object.keys(registry.channels)).toEqual(expect.arrayContaining(['console', 'file', 'slack']));
  expect(Object.keys(registry.metricSources)).toContain('router');
});
