// Measures Slipway's feature flags beside others', on this machine:
//   npm run bench:flags                              everything, in about half an hour
//   npm run bench:flags -- --quick                   everything, small: shows that the bench works
//   npm run bench:flags -- --only evaluator,kill     some parts
//   npm run bench:flags -- --json figures.json       the figures for programs as well
import { runBench } from '../command.ts';
import { evaluatorPart } from './evaluator/evaluator-part.ts';
import { killPart } from './kill/kill-part.ts';
import { ofrepPart } from './ofrep/ofrep-part.ts';
import { sizePart } from './size/size-part.ts';

process.exitCode = await runBench({
  script: 'bench:flags',
  parts: [evaluatorPart, sizePart, killPart, ofrepPart],
});
