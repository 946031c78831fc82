/** Characters. What can be guessed protects nothing. */
const SHORTEST = 16;

/** A signing secret as it is. Throws Error where it is too short to be one. */
export function keptSecret(secret: string): string {
  if (secret.length >= SHORTEST) return secret;
  throw new Error(`it is shorter than ${SHORTEST} characters: make a longer one at the sender`);
}
