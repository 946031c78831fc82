import { RetryableError } from '../errors.ts';

/** Nobody answered. Where `sent` is true the request may have reached the other side and done its work: ask before doing it again. */
export class NoAnswerError extends RetryableError {
  /** False only where it is certain that nothing was sent: the connection was refused, the host name is unknown. */
  readonly sent: boolean;

  constructor(message: string, options: { sent: boolean }) {
    super(message);
    this.sent = options.sent;
  }
}
