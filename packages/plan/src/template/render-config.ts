import type { Liquid } from 'liquidjs';
import type { PlanJson } from '../model/provider-use.ts';
import { lazyLiquid } from './liquid.ts';
import { renderWith } from './render-text.ts';
import type { ConfigVariables } from './variables.ts';

export type RenderedConfig =
  | { readonly ok: true; readonly value: PlanJson }
  /** `path`: keys and indexes down to the text that cannot be rendered. */
  | { readonly ok: false; readonly reason: string; readonly path: readonly (string | number)[] };

/** Renders every text inside a JSON value; keys, numbers and the rest stay as they are. Never throws. */
export function renderConfig(json: PlanJson, variables: ConfigVariables): RenderedConfig {
  return renderValue({ engine: lazyLiquid(), variables }, json, []);
}

interface Rendering {
  readonly engine: () => Liquid;
  readonly variables: ConfigVariables;
}

function renderValue(rendering: Rendering, json: PlanJson, path: readonly (string | number)[]): RenderedConfig {
  if (typeof json === 'string') {
    const rendered = renderWith(rendering.engine, json, rendering.variables);
    return rendered.ok ? { ok: true, value: rendered.text } : { ...rendered, path };
  }
  if (json === null || typeof json !== 'object') return { ok: true, value: json };
  return isList(json) ? renderList(rendering, json, path) : renderMap(rendering, json, path);
}

const isList = (json: object): json is readonly PlanJson[] => Array.isArray(json);

function renderList(
  rendering: Rendering,
  list: readonly PlanJson[],
  path: readonly (string | number)[],
): RenderedConfig {
  const value: PlanJson[] = [];
  for (const [index, item] of list.entries()) {
    const rendered = renderValue(rendering, item, [...path, index]);
    if (!rendered.ok) return rendered;
    value.push(rendered.value);
  }
  return { ok: true, value };
}

function renderMap(
  rendering: Rendering,
  map: { readonly [key: string]: PlanJson },
  path: readonly (string | number)[],
): RenderedConfig {
  const entries: [string, PlanJson][] = [];
  for (const [key, item] of Object.entries(map)) {
    const rendered = renderValue(rendering, item, [...path, key]);
    if (!rendered.ok) return rendered;
    entries.push([key, rendered.value]);
  }
  return { ok: true, value: Object.fromEntries(entries) };
}
