import type { Json, Metadata } from '../json.ts';

/** A flag as flagd defines it (https://flagd.dev/reference/flag-definitions). */
export interface FlagDefinition {
  /** DISABLED: whoever asks falls back to the default of its own code. It is no kill switch. */
  readonly state: 'ENABLED' | 'DISABLED';
  /** Name to value; all of one type. */
  readonly variants: Readonly<Record<string, Json>>;
  /** What is served where targeting says nothing; null or absent: the default of the caller's code. */
  readonly defaultVariant?: string | null;
  /** JSONLogic that gives a variant's name; null, {} or absent: everybody gets the default. */
  readonly targeting?: Json;
  readonly metadata?: Metadata;
}

/** Flags that belong together: what one flagd source serves. */
export interface FlagSetDefinition {
  readonly flags: Readonly<Record<string, FlagDefinition>>;
  /** Rules by name that targeting uses as {"$ref": name}. */
  readonly $evaluators?: Readonly<Record<string, Json>>;
  readonly metadata?: Metadata;
}
