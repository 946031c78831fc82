import { Option } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { calibrateSeries } from '../judge/calibrate/calibrate-series.ts';
import { calibrationLines } from '../judge/calibrate/calibration-lines.ts';
import { asksForLive, liveShards } from '../judge/calibrate/live/live-shards.ts';
import { readShards } from '../judge/calibrate/read-shards.ts';
import { readText } from '../judge/read-text.ts';
import { recordLines } from '../judge/record/record-lines.ts';
import { replayRecord } from '../judge/record/replay-record.ts';
import { recordedData } from '../judge/recorded-data.ts';
import { casesLines, replayCases } from '../judge/replay-cases.ts';
import { idleOption, replayRules, type RuleOptions, ruleOptions } from '../judge/series/replay-rules.ts';
import { replaySeries } from '../judge/series/replay-series.ts';
import type { Series } from '../judge/series/series.ts';
import { seriesLines } from '../judge/series/series-lines.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Session } from '../session.ts';

const casesOption = z.object({ cases: z.string().min(1).optional() });

export function addJudge(cli: Cli): void {
  const group = cli.group('judge');
  const { options } = cli.m;
  cli
    .child(group, { usage: 'replay [file]', name: 'judge replay', work: replay })
    .option('--cases <file>', options.cases)
    .option('--times <factor>', options.times)
    .option('--plus <amount>', options.plus)
    .option('--limit <amount>', options.limit)
    .addOption(new Option('--better <way>', options.better).choices(['lower', 'higher']))
    .option('--dispersion <factor>', options.dispersion)
    .option('--false-alarms <percent>', options.falseAlarms)
    .option('--wrong-promotions <percent>', options.wrongPromotions)
    .option('--min-samples <count>', options.minSamples);
  cli
    .child(group, { usage: 'calibrate [file]', name: 'judge calibrate', work: calibrate })
    .option('--plan <file>', options.planOfMetric)
    .option('--environment <name>', options.environment)
    .option('--metric <name>', options.metric)
    .option('--for <time>', options.gatherFor)
    .option('--save <file>', options.saveShards)
    .option('--artifact-version <version>', options.artifactVersion)
    .option('--directory <folder>', options.directory)
    .option('--new-shards <count>', options.newShards)
    .option('--runs <count>', options.runs);
}

/** Lets the judge look at recorded data again. No server takes part. */
async function replay(session: Session): Promise<ExitCode> {
  const { cases } = session.options(casesOption);
  const rules = session.options(ruleOptions);
  const file = session.argument(0);
  if ((cases === undefined) === (file === '')) throw new Failure('wrong-input', session.m.judge.oneFile);
  if (cases !== undefined) return ofCases(session, cases, rules);
  const data = recordedData(readText(session, file), file, session.m);
  if (data.is === 'series') return ofSeries(session, data.series, rules);
  assertNoRules(session, rules);
  const replayed = replayRecord(data.events, file, session.m);
  if (session.json) session.printJson(replayed);
  else session.print(recordLines(replayed, session.pen()));
  return replayed.summary.ok ? EXIT.ok : EXIT.failure;
}

function ofCases(session: Session, file: string, rules: RuleOptions): ExitCode {
  assertNoRules(session, rules);
  const graded = replayCases(session, file);
  if (session.json) session.printJson(graded);
  else session.print(casesLines(session, graded));
  return graded.summary.ok ? EXIT.ok : EXIT.failure;
}

/** Whether a metric may be judged on, from the old version alone: from a file without a server, or as it runs now. */
async function calibrate(session: Session): Promise<ExitCode> {
  const file = session.argument(0);
  const isLive = asksForLive(session);
  if (isLive === (file !== '')) throw new Failure('wrong-input', session.m.judge.live.fileOrSource);
  const series = isLive ? await liveShards(session) : readShards(readText(session, file), file, session.m);
  const found = calibrateSeries(session, series);
  if (session.json) session.printJson(found);
  else session.print(calibrationLines(found, session.pen()));
  return found.trusted ? EXIT.ok : EXIT.failure;
}

/** Whatever it decides, it was asked, and told. */
function ofSeries(session: Session, series: Series, options: RuleOptions): ExitCode {
  const { judge } = session.m;
  const idle = idleOption(series, options);
  if (idle !== null) throw new Failure('wrong-input', judge.idleAmount(idle));
  const versions = { en: messagesFor('en').judge.versions, fr: messagesFor('fr').judge.versions };
  const replayed = replaySeries(series, replayRules(series, options), versions);
  if (session.json) session.printJson(replayed);
  else session.print(seriesLines(replayed, session.pen()));
  return EXIT.ok;
}

/** A record and a file of cases say themselves how they are judged. */
function assertNoRules(session: Session, rules: RuleOptions): void {
  if (Object.values(rules).some((value) => value !== undefined)) {
    throw new Failure('wrong-input', session.m.judge.rulesOfSeries);
  }
}
