/** Problems of a file that are shown: those after the first few are mostly their echo. */
export const MOST_PROBLEMS = 10;
