import { z } from 'zod';
import type { Path } from './path.ts';

/** A JSON Schema node, as far as messages need it. */
interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
}

/** The alternatives that a schema allows at a path, references resolved; empty where it says nothing. */
export function schemaAt(schema: z.ZodType, path: Path): readonly SchemaNode[] {
  const root = jsonSchemaOf(schema);
  if (root === null) return [];
  let nodes = alternatives(root, root, 0);
  for (const part of path) {
    nodes = nodes.flatMap((node) => childOf(node, part)).flatMap((node) => alternatives(root, node, 0));
  }
  return nodes;
}

/** The keys that a map at the path may have. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  return [...new Set(schemaAt(schema, path).flatMap((node) => Object.keys(node.properties ?? {})))];
}

const SECRET_KEYS = new Set(['env', 'file']);

/** Whether a secret by name, and no plain text, belongs at the path. */
export function wantsSecret(schema: z.ZodType, path: Path): boolean {
  const nodes = schemaAt(schema, path);
  return nodes.length > 0 && nodes.every(isSecretRef);
}

function isSecretRef(node: SchemaNode): boolean {
  const keys = Object.keys(node.properties ?? {});
  return keys.length > 0 && keys.every((key) => SECRET_KEYS.has(key));
}

/** Null where a schema has no JSON form: messages then do without. */
function jsonSchemaOf(schema: z.ZodType): SchemaNode | null {
  try {
    return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  } catch {
    return null;
  }
}

/** References may be circular. */
const MOST_HOPS = 8;

function alternatives(root: SchemaNode, node: SchemaNode, hops: number): readonly SchemaNode[] {
  if (hops > MOST_HOPS) return [];
  const next = (inner: SchemaNode): readonly SchemaNode[] => alternatives(root, inner, hops + 1);
  const name = node.$ref?.startsWith('#/$defs/') ? node.$ref.slice('#/$defs/'.length) : undefined;
  if (node.$ref === '#') return next(root);
  if (name !== undefined) return next(root.$defs?.[name] ?? {});
  const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return inner.length > 0 ? inner.flatMap(next) : [node];
}

function childOf(node: SchemaNode, part: string | number): readonly SchemaNode[] {
  if (typeof part === 'number') return typeof node.items === 'object' ? [node.items] : [];
  const known = node.properties?.[part];
  if (known !== undefined) return [known];
  return typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
}
