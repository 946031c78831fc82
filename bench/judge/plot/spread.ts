/** The same numbers, each moved as little as keeps them `gap` apart, in their order; none above `most`. */
export function spread(places: readonly number[], gap: number, most: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index })).toSorted((one, other) => one.place - other.place);
  const moved = [...places];
  let least = -Infinity;
  for (const { place, index } of order) {
    moved[index] = Math.max(place, least);
    least = (moved[index] ?? 0) + gap;
  }
  let highest = most;
  for (const { index } of order.toReversed()) {
    moved[index] = Math.min(moved[index] ?? 0, highest);
    highest = (moved[index] ?? 0) - gap;
  }
  return moved;
}
