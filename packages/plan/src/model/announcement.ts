/** A moment of a launch that can be told by itself. */
export type LaunchMoment =
  | 'started'
  | 'held'
  | 'turning-back'
  | 'rolled-back'
  | 'rollback-incomplete'
  | 'scrubbed'
  | 'completed';

/** A message with its addressees. The text is a Liquid template, rendered when it leaves. */
export interface MessageSpec {
  readonly to: readonly string[];
  readonly title: string;
  readonly text: string;
}

/** Told whenever the launch reaches that moment. */
export interface Announcement {
  readonly on: LaunchMoment;
  readonly message: MessageSpec;
}
