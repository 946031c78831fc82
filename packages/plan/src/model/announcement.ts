/** A moment of a launch that can be told by itself. */
export type LaunchMoment =
  | 'started'
  | 'soaking'
  | 'review-overdue'
  | 'held'
  | 'resumed'
  | 'turning-back'
  | 'rolled-back'
  | 'rollback-incomplete'
  | 'scrubbed'
  | 'completed'
  | 't0-moved';

/** A message with its addressees. The text is a Liquid template, rendered when it leaves. */
export interface MessageSpec {
  readonly to: readonly string[];
  readonly title: string;
  readonly text: string;
}

/** Told whenever the launch reaches that moment, and again while it lasts. */
export interface Announcement {
  readonly on: LaunchMoment;
  readonly message: MessageSpec;
  /** Milliseconds between two messages while the moment lasts. Absent: it is told once. */
  readonly again?: number;
}
