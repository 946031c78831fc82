// Measures what is done with plans and with logs before and after a launch, on this machine:
//   npm run bench:plans                            everything, in some minutes
//   npm run bench:plans -- --quick                 everything, small: shows that the bench works
//   npm run bench:plans -- --only plan,verify      some parts
//   npm run bench:plans -- --json figures.json     the figures for programs as well
import { runBench } from '../command.ts';
import { planPart } from './plan/plan-part.ts';
import { rehearsalPart } from './rehearsal/rehearsal-part.ts';
import { reportPart } from './report/report-part.ts';
import { verifyPart } from './verify/verify-part.ts';

process.exitCode = await runBench({
  script: 'bench:plans',
  parts: [planPart, reportPart, verifyPart, rehearsalPart],
});
