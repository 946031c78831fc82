// Measures Slipway's judge beside others, on the same streams with the same seeds:
//   npm run bench:judge                                 everything, in less than twenty minutes on two cores
//   npm run bench:judge -- --quick                      everything, small: shows that the bench works
//   npm run bench:judge -- --only detection,cost        some parts
//   npm run bench:judge -- --json judge-figures.json    the figures for programs as well, and judge-figures.svg
import { runBench } from '../command.ts';
import { correlatedPart } from './correlated-part.ts';
import { costPart } from './cost-part.ts';
import { detectionPart } from './detection-part.ts';
import { falseAlarmsPart } from './false-alarms-part.ts';
import { drawSizes } from './plot/draw-sizes.ts';
import { sizesPart } from './sizes-part.ts';

process.exitCode = await runBench({
  script: 'bench:judge',
  parts: [costPart, sizesPart, detectionPart, falseAlarmsPart, correlatedPart],
  draw: drawSizes,
});
