import type { Arms, Reading, Sample } from '@slipway/provider-kit';
import { UNNAMED_BOOT } from '../common/counts-reading.ts';
import { gaugeReading } from '../common/gauge-reading.ts';
import { sampleOf } from '../common/read-arms.ts';
import { missing } from '../router/reading-of.ts';
import type { Part } from './ask.ts';
import { ask } from './ask.ts';
import { numberOf } from './counters-of.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import type { GaugeQuery } from './schema.ts';
import { absentReading, staleSeries, versionSeries } from './version-series.ts';

interface Look {
  readonly query: GaugeQuery;
  readonly api: PrometheusApi;
  readonly main: Part;
  /** Epoch ms. */
  readonly at: number;
}

/** Both versions' numbers as they stand now: nothing has to be remembered of a gauge. `at` is epoch ms. */
export async function gaugeSample(
  api: PrometheusApi,
  query: GaugeQuery,
  { arms, at }: { readonly arms: Arms; readonly at: number },
): Promise<Sample> {
  const { main } = await ask(api, query);
  const look = { query, api, main, at };
  const fresh = await readVersion(look, arms.newVersion);
  const old = arms.oldVersion === null ? null : await readVersion(look, arms.oldVersion);
  const armOf = (reading: Reading) => ({ reading, boot: UNNAMED_BOOT });
  return sampleOf(armOf(fresh), old === null ? null : armOf(old), at);
}

async function readVersion({ query, api, main, at }: Look, version: string): Promise<Reading> {
  const own = versionSeries(main, query, version);
  if (typeof own === 'string') return missing(own);
  const [series, ...more] = own;
  if (series === undefined) return await absentReading(api, query, { main, version });
  // Whether instances are to be added up, or the worst of them counts, is not for us to say.
  if (more.length > 0) return missing(`${main.name} gives ${own.length} series of ${version}: ${oneNumber(query)}`);
  const stale = staleSeries(own, query);
  if (stale !== null) return missing(`${version}: ${stale}; is it still scraped?`);
  return gaugeReading({ name: main.name, value: numberOf(series.value) }, { now: at, fresh: query.fresh });
}

const oneNumber = ({ by }: GaugeQuery): string => `give one number, such as sum by (${by}) or max by (${by}) of them`;
