import type { Json, Metadata } from '../json.ts';

/** What a context holds (OpenFeature's evaluation context): `targetingKey` says whom it is about. */
export type EvaluationContext = Readonly<Record<string, Json | undefined>>;

/** OpenFeature's error codes that an evaluation may end with. */
export type EvaluationError =
  | 'FLAG_NOT_FOUND'
  | 'PARSE_ERROR'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'
  | 'GENERAL';

/** What a flag comes to for one context. Frozen and shared where nothing of it depends on the context. */
export type Resolution =
  | {
      readonly key: string;
      readonly reason: 'STATIC' | 'DEFAULT' | 'TARGETING_MATCH';
      readonly variant: string;
      readonly value: Json;
      readonly metadata: Metadata;
    }
  /** No value: the default of the caller's code counts. */
  | {
      readonly key: string;
      readonly reason: 'DISABLED' | 'DEFAULT';
      readonly variant?: never;
      readonly metadata: Metadata;
    }
  | {
      readonly key: string;
      readonly reason: 'ERROR';
      readonly variant?: never;
      readonly errorCode: EvaluationError;
      readonly errorDetails: string;
      readonly metadata: Metadata;
    };
