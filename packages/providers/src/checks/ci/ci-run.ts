/** Green only where the service says success. Not finished is not an answer yet; anything else is one, and not green. */
export type RunState = 'green' | 'not-green' | 'unfinished';

/** One run of a workflow, or one pipeline. */
export interface CiRun {
  readonly id: number;
  /** As people call it: `run 45`. */
  readonly label: string;
  readonly sha: string;
  readonly state: RunState;
  /** The service's own word: `success`, `cancelled`, `in_progress`. */
  readonly word: string;
  /** When it was asked for (epoch ms); a later attempt does not make it younger. */
  readonly createdAt: number;
  /** When it last changed (epoch ms): not before its end. */
  readonly updatedAt: number;
  readonly url: string;
}

/** One page of an answer, newest runs first. */
export interface RunsPage {
  readonly runs: readonly CiRun[];
  /** True where the page was full: there may be another. */
  readonly full: boolean;
}

/** A service of continuous integration: where its pages are, and what they say. */
export interface CiService {
  /** Throws TerminalError for names of which no address can be made. */
  pageUrl(page: number): string;
  /** What the body of a page says; throws TerminalError where it is something else. */
  readPage(body: unknown): RunsPage;
  readonly headers: Readonly<Record<string, string>>;
  /** What is asked about, for people: `nightly.yml of acme/shop`. */
  readonly title: string;
}
