// Measures Slipway beside its peers, on this machine:
//   npm run bench                            everything, in less than an hour
//   npm run bench -- --quick                 everything, small: shows that the bench works
//   npm run bench -- --only steps,soak       some parts
//   npm run bench -- --json figures.json     the figures for programs as well
import { runBench } from './command.ts';
import { recoveryPart } from './engine/recovery-part.ts';
import { soakPart } from './engine/soak-part.ts';
import { stepsPart } from './engine/steps-part.ts';
import { rollbackPart } from './rollback/rollback-part.ts';
import { routerPart } from './router/router-part.ts';
import { streamPart } from './stream/stream-part.ts';

process.exitCode = await runBench({
  script: 'bench',
  // The long ones last: whoever ends the bench early has most of it.
  parts: [stepsPart, recoveryPart, routerPart, streamPart, rollbackPart, soakPart],
});
