/** What a template may stand for: what the plan gave, or a request captured. */
export type Scalar = string | number | boolean | null;
export type Variables = ReadonlyMap<string, Scalar>;

export type Rendered<T> = { readonly value: T } | { readonly missing: string };

/** In a plan the braces are the plan's own, so a request in a plan writes `${name}`. */
const TEMPLATE = /\{\{\s*([A-Za-z][\w-]*)\s*\}\}|\$\{([A-Za-z][\w-]*)\}/g;
const WHOLE = /^(?:\{\{\s*([A-Za-z][\w-]*)\s*\}\}|\$\{([A-Za-z][\w-]*)\})$/;
const LEADING = /^(?:\{\{\s*[A-Za-z][\w-]*\s*\}\}|\$\{[A-Za-z][\w-]*\})/;

export const variableName = /^[A-Za-z][\w-]{0,63}$/;

/** The names that the templates of a text use, in order. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(TEMPLATE)].map(([, braced, dollar]) => braced ?? dollar ?? '');
}

/** Whether braces are left that are no template, which is most likely a slip. */
export const hasStrayBraces = (text: string): boolean => /\{\{/.test(text.replaceAll(TEMPLATE, ''));

/** Fills a text in; `encode` is put on each value. */
export function renderText(
  text: string,
  variables: Variables,
  encode: (value: string) => string = (value) => value,
): Rendered<string> {
  const missing = namesIn(text).find((name) => !variables.has(name));
  if (missing !== undefined) return { missing };
  const fill = (_whole: string, braced?: string, dollar?: string): string =>
    encode(String(variables.get(braced ?? dollar ?? '')));
  return { value: text.replaceAll(TEMPLATE, fill) };
}

/** Like `renderText`; a text that is nothing but one template becomes the value itself, so a number stays a number. */
export function renderScalar(value: Scalar, variables: Variables): Rendered<Scalar> {
  if (typeof value !== 'string') return { value };
  const [, braced, dollar] = WHOLE.exec(value) ?? [];
  const name = braced ?? dollar;
  if (name === undefined) return renderText(value, variables);
  const known = variables.get(name);
  return known === undefined ? { missing: name } : { value: known };
}

/**
 * A URL with its values encoded as parts of one, so that what another server said cannot turn it into another address. A value that
 * the URL begins with is taken as it is: it is a whole address, or a path.
 */
export function renderUrl(template: string, variables: Variables): Rendered<string> {
  const leading = LEADING.exec(template)?.[0] ?? '';
  const first = renderText(leading, variables);
  if ('missing' in first) return first;
  const rest = renderText(template.slice(leading.length), variables, encodeURIComponent);
  return 'missing' in rest ? rest : { value: first.value + rest.value };
}

/** Fills every text of a JSON value in; keys stay as they are. */
export function renderJson(json: unknown, variables: Variables): Rendered<unknown> {
  if (json === null || typeof json !== 'object') {
    return typeof json === 'string' ? renderScalar(json, variables) : { value: json };
  }
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(json)) {
    const rendered = renderJson(item, variables);
    if ('missing' in rendered) return rendered;
    entries.push([key, rendered.value]);
  }
  return { value: Array.isArray(json) ? entries.map(([, item]) => item) : Object.fromEntries(entries) };
}
