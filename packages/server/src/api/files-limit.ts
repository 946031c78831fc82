/** Bytes of a request that carries a plan with the calendar files that it names. */
export const FILES_LIMIT = 16_000_000;
