/** A report as it was found, before it is understood. */
export interface Report {
  /** Path under the plan's folder, or address without its query. */
  readonly name: string;
  readonly text: string;
  /** When it was written (epoch ms); null where nobody says. */
  readonly writtenAt: number | null;
}

/** More than that no report has to have; it is read as a whole. */
export const MAX_REPORT_BYTES = 10_000_000;
