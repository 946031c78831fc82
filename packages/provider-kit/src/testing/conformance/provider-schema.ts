import { expect, it } from 'vitest';
import { z } from 'zod';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** False where unknown keys are refused, a schema where any key is a key of a table. */
  readonly additionalProperties?: boolean | SchemaNode;
  readonly description?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
}

/** What every provider's schema keeps to: it refuses keys that it does not know, and says of each key what it is for. */
export function itHasAProperSchema(provider: {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly needs: readonly string[];
}): void {
  it('has a name in kebab-case', () => {
    expect(provider.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });
  it('needs each capability once', () => {
    expect(provider.needs).toEqual([...new Set(provider.needs)]);
  });
  it('has a schema that refuses unknown keys and describes every key', () => {
    const schema = z.toJSONSchema(provider.schema, { io: 'input' }) as SchemaNode;
    expect(flaws(schema, '$')).toEqual([]);
  });
}

function flaws(node: SchemaNode, path: string): readonly string[] {
  const { properties = {}, anyOf = [], items, additionalProperties } = node;
  const keys = Object.entries(properties);
  const open = keys.length > 0 && additionalProperties !== false ? [`${path} accepts unknown keys`] : [];
  const here = keys.flatMap(([key, child]) => [
    ...((child.description ?? '') === '' ? [`${path}.${key} has no description`] : []),
    ...flaws(child, `${path}.${key}`),
  ]);
  const values = typeof additionalProperties === 'object' ? [additionalProperties] : [];
  const below = [...anyOf, ...values, ...(items === undefined ? [] : [items])].flatMap((child) => flaws(child, path));
  return [...open, ...here, ...below];
}
