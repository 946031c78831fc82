/** What the judge says when it is asked by itself. */
export const judge = {
  decided: (decision: 'abort' | 'promote' | 'hold' | 'continue', second: number | null) =>
    second === null ? decision : `${decision} at second ${second}`,
  dispersion: (shards: number, found: string, expected: string) =>
    `dispersion of ${shards} shards ${found} (expected ${expected})`,
  campaign: (reps: number, aborts: number, promotes: number) =>
    `${reps} drawn streams: ${aborts} aborted, ${promotes} promoted`,
  notMet: 'not as expected',
  progress: (done: number, all: number) => `${done} of ${all}`,
  summary: (of: {
    readonly meet: number;
    readonly cases: number;
    readonly sameEvidence: number;
    readonly withEvidence: number;
  }) =>
    `${of.meet} of ${of.cases} as expected; ln E the same to the sixth digit in ${of.sameEvidence} of ${of.withEvidence}`,
  noCases: (file: string) => `${file} is no file of reference cases (format 1)`,
  tooLarge: (file: string, most: number) => `${file} is larger than ${most} MB`,
};
