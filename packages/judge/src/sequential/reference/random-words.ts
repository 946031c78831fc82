/** Uniform whole numbers below 2^32 from a seed (mulberry32, Tommy Ettinger, public domain): the same everywhere. */
export function randomWords(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = stateAfter(state);
    return wordOf(state);
  };
}

/** For who keeps the state: the one that follows, and the number that it stands for. */
export function stateAfter(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

export function wordOf(state: number): number {
  let word = Math.imul(state ^ (state >>> 15), state | 1);
  word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
  return (word ^ (word >>> 14)) >>> 0;
}
