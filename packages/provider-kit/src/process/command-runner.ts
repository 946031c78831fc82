/** A command to run. The first word is the program; no shell is involved. */
export interface CommandRequest {
  readonly argv: readonly [string, ...string[]];
  readonly directory: string;
  /** Added to a minimal environment (PATH, HOME, LANG, TZ, TMPDIR); nothing else of the server's leaks in. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called with each line, as it comes; lines over 4 kB are cut. */
  readonly onLine?: (line: string) => void;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'aborted' }
  /** The program is missing or may not be run: nothing was started. */
  | { readonly kind: 'not-started'; readonly reason: string };

export interface CommandResult {
  readonly end: CommandEnd;
  /** The first and the last 32 kB of standard output and error, interleaved, with a note where it was cut. */
  readonly output: string;
  readonly cut: boolean;
  readonly milliseconds: number;
}

/** A variable in the environment of a command, and so of whatever it starts, by which they are found again. */
export interface ProcessMark {
  readonly variable: string;
  readonly value: string;
}

export type Settled =
  /** Nothing that carries the mark runs. */
  | { readonly kind: 'settled' }
  /** The operating system does not let us look: something may run. */
  | { readonly kind: 'cannot-tell'; readonly reason: string };

/** Runs commands. At the time-out or on abort the whole process group is asked to stop (SIGTERM), then killed after 5 s. */
export interface CommandRunner {
  run(request: CommandRequest): Promise<CommandResult>;
  /**
   * Waits until nothing runs that was started with the mark, be it by this process or by one that died. On abort it ends what is
   * left, as `run` does, and rejects with the signal's reason; with RetryableError when something is left even then.
   */
  settled(mark: ProcessMark, signal: AbortSignal): Promise<Settled>;
}
