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
  /** There where it leaves in quiet hours, too, and is said as often as there is reason to. */
  readonly urgent?: true;
  /** Names of people and groups who are called, without an @. Absent: nobody is. */
  readonly mention?: readonly string[];
  /** Whose words it has. Absent: the plan's own. */
  readonly from?: 'team' | 'shipped';
}

/** Told whenever the launch reaches that moment, and again while it lasts. */
export interface Announcement {
  readonly on: LaunchMoment;
  readonly message: MessageSpec;
  /** Milliseconds between two messages while the moment lasts. Absent: it is told once. */
  readonly again?: number;
}
