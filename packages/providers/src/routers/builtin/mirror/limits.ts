/** A copy waits in memory, so a version that hangs must not fill it: 256 are some seconds of a busy service's requests. */
export const maxWaiting = 256;
/** Also the connections to the mirror's version. As many as a canary's instance is usually given; more would load it like the live one. */
export const maxInFlight = 32;
/** What forms and API calls send fits; uploads do not. */
export const maxRequestBytes = 64 * 1024;
/** What pages and API answers are fits; downloads do not. As it came, so mostly compressed. */
export const maxAnswerBytes = 256 * 1024;
/** After its coding is undone: 16 times as much, beyond what text is compressed by, and harmless in the comparing thread. */
export const maxDecodedBytes = 16 * maxAnswerBytes;
/** For all that is held of all requests at once, on both sides: a hundred pairs of the largest, many more of the usual. */
export const maxHeldBytes = 32 * 1024 * 1024;
/** Enough to look for; they cross to the server with every reading of the counts. */
export const maxSamples = 20;
/** For one comparison: a JSON path with a regular expression may take for ever on an unlucky body. */
export const compareTimeoutMs = 10_000;
