import type { Messages } from '../messages/messages.ts';

/** What a screen may look like. Rendering is pure: the same view and screen give the same lines. */
export interface Screen {
  /** Terminal columns; no line is wider. */
  readonly width: number;
  /** Terminal rows; null: as many lines as it takes. */
  readonly height: number | null;
  /** Epoch ms. */
  readonly now: number;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly messages: Messages;
  /** Epoch ms of the last sign of life where the connection is lost; null while it stands. */
  readonly lost: number | null;
  /** Why it is lost, where that is known. */
  readonly lostReason?: string;
  /** What commands need to name the launch, such as ` --launch shop-1`; '' where it is the only one. */
  readonly launchFlag: string;
}

/** Narrower than this, lines would break in every word. */
export const NARROWEST = 40;
