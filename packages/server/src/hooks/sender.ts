import type { IncomingHttpHeaders } from 'node:http';
import type { AlertSender } from '@slipway/plan';

/** One request of a sender, before anything of it is believed. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** As it came: signatures are over these bytes. */
  readonly body: Buffer;
  /** Epoch ms. */
  readonly now: number;
}

/** One alert, as launches know it. */
export interface ReadAlert {
  /** false: it is over, which pulls nothing. */
  readonly isFiring: boolean;
  /** The same for all that is told of the same trouble. */
  readonly incident: string;
  readonly title: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What was sent. */
export interface Delivery {
  /** The same when it is sent again. */
  readonly id: string;
  /** Milliseconds for which its id is kept: no shorter than it could be sent again with the same signature. */
  readonly keepFor: number;
  /** Epoch ms at which it was made, by the sender, where only the body says so; null: it has been looked at. */
  readonly madeAt: number | null;
  readonly alerts: readonly ReadAlert[];
}

/** How one kind of sender shows who it is, and what it sends. */
export interface Sender {
  readonly name: AlertSender;
  /** A secret as it is kept in memory. Throws Error where it cannot be one, in words without it. */
  readonly keyOf: (secret: string) => string;
  /** Whether it knows one of the secrets. Constant in time where it compares. */
  readonly knows: (received: Received, keys: readonly string[]) => boolean;
  /** Throws UnreadableAlert. */
  readonly read: (value: unknown, received: Received) => Delivery;
}

/** What a sender that shows a secret has sent is none of what it sends. */
export class UnreadableAlert extends Error {
  override readonly name = 'UnreadableAlert';
}

/** Milliseconds by which the clocks of both machines may differ, the way between them included. */
export const WINDOW = 5 * 60_000;

export const isWithin = (at: number, now: number, window: number = WINDOW): boolean =>
  Number.isFinite(at) && at >= now - window && at <= now + WINDOW;
