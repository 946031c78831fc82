import { Liquid } from 'liquidjs';

/** Bounds of one template: characters in, milliseconds and units of memory while rendering, characters out. */
export const TEMPLATE_LIMITS = { input: 20_000, milliseconds: 500, memory: 1_000_000, output: 40_000 } as const;

/** Tags that read other templates. */
const FILE_TAGS = ['include', 'render', 'layout', 'block'];
/** Filters that read the clock or the machine's time zone, when asked for "now". */
const DATE_FILTERS = ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'];
const CLOCK_WORDS = new Set(['now', 'today']);

export interface LiquidOptions {
  /** What stands in the place of a fact that nobody knows. */
  readonly missing?: string;
}

/** LiquidJS that reads no file and no clock: unknown variables and filters are errors, times keep the offset they are written with. */
export function createLiquid({ missing = '' }: LiquidOptions = {}): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    preserveTimezones: true,
    timezoneOffset: 0,
    templates: {},
    outputEscape: (value: unknown) => shown(value, missing),
    parseLimit: TEMPLATE_LIMITS.input,
    renderLimit: TEMPLATE_LIMITS.milliseconds,
    memoryLimit: TEMPLATE_LIMITS.memory,
  });
  for (const tag of FILE_TAGS) delete liquid.tags[tag];
  for (const name of DATE_FILTERS) refuseClock(liquid, name);
  return liquid;
}

/** One engine, made when it is first asked for: that costs far more than a text, and most texts are no template. */
export function lazyLiquid(): () => Liquid {
  let liquid: Liquid | null = null;
  return () => (liquid ??= createLiquid());
}

function refuseClock(liquid: Liquid, name: string): void {
  const original = liquid.filters[name];
  if (typeof original !== 'function') return;
  liquid.registerFilter(name, function withoutClock(value: unknown, ...rest: unknown[]) {
    if (typeof value === 'string' && CLOCK_WORDS.has(value)) {
      throw new Error(`the filter "${name}" cannot read the clock: give it facts.startedAt`);
    }
    return original.call(this, value, ...rest);
  });
}

function shown(value: unknown, missing: string): string {
  if (value === null || value === undefined) return missing;
  if (Array.isArray(value)) return value.map((item) => shown(item, missing)).join('');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
