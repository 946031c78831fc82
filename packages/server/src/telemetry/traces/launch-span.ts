/** What a span may say: identifiers of the plan, figures and closed words. No free text: people write names and secrets there. */
export type Attributes = Readonly<Record<string, string | number>>;

export interface SpanEvent {
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
  readonly attributes: Attributes;
}

/** A piece of a launch that is over. */
export interface LaunchSpan {
  /** Names it within its trace. */
  readonly key: string;
  /** null: it is the launch itself. */
  readonly parent: string | null;
  readonly name: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** null: it went well. */
  readonly error: string | null;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
}

/** The key of the launch's own span. */
export const LAUNCH_KEY = 'launch';
