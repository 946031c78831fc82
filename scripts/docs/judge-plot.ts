import { drawSizes } from '../../bench/judge/plot/draw-sizes.ts';
import { JUDGE_FIGURES, readFigures } from './figures.ts';

/** docs/explanation/judge-figures.svg. Throws where the figures have nothing to draw. */
export async function judgePlot(): Promise<string> {
  const drawn = drawSizes(await readFigures(JUDGE_FIGURES));
  if (drawn === null) throw new Error(`${JUDGE_FIGURES} has nothing to draw: measure the part "sizes" as well`);
  return drawn;
}
