/** One property of iCalendar as jCal has it (RFC 7265): name, parameters, type, values. */
export interface Property {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

/** A component, such as a vcalendar or a vevent. */
export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

/** Deeper than any calendar is: components lie two or three deep. */
const MOST_DEPTH = 8;

/** The components of parsed iCalendar; what has not their form is left out. */
export function componentsOf(parsed: unknown, depth = 0): readonly Component[] {
  if (!Array.isArray(parsed) || depth > MOST_DEPTH) return [];
  const [name, properties, components]: readonly unknown[] = parsed;
  if (typeof name !== 'string') return parsed.flatMap((each: unknown) => componentsOf(each, depth + 1));
  return [
    {
      name,
      properties: listOf(properties).flatMap((each) => propertyOf(each)),
      components: listOf(components).flatMap((each) => componentsOf(each, depth + 1)),
    },
  ];
}

function propertyOf(written: unknown): readonly Property[] {
  const [name, params, type, ...values] = listOf(written);
  if (typeof name !== 'string' || typeof type !== 'string' || !isMap(params)) return [];
  return [{ name, params, type, values }];
}

export function propertiesOf({ properties }: Component, name: string): readonly Property[] {
  return properties.filter((property) => property.name === name);
}

/** The text of a property; null where there is none. */
export function textOf(component: Component, name: string): string | null {
  const value = propertiesOf(component, name)[0]?.values[0];
  return typeof value === 'string' ? value : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
