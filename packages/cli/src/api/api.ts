import {
  advice,
  type Advice,
  type AdviceRequest,
  calendarAnswer,
  type CalendarAnswer,
  type CalendarRequest,
  launchList,
  launchRecord,
  launchReport,
  launchView,
  planReport,
  release,
  releaseList,
  serverInfo,
  shardsAnswer,
  tokenCreated,
  tokenInfo,
  type LaunchCommand,
  type LaunchList,
  type LaunchRecord,
  type LaunchReport,
  type LaunchView,
  type OverviewKind,
  type OverviewRequest,
  type PlanReport,
  type PlanText,
  type Release,
  type ReleaseList,
  type ReportKind,
  type ReportRequest,
  type ServerInfo,
  type ShardsAnswer,
  type ShardsRequest,
  type StartRequest,
  type TokenCreated,
  type TokenInfo,
  type TokenRequest,
} from '@slipway/contract';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import type { FindEndpoint } from './endpoint.ts';
import { FlagsApi } from './flags-api.ts';
import { type Call, readJson, readWhole, send } from './request.ts';

/** A command may wait for a slow disk or a busy machine, but not for ever. */
const PATIENCE_MS = 60_000;

/** The server's API, one method a route. Every method throws Failure: not reached, refused, or not understood. */
export class Api {
  readonly findEndpoint: FindEndpoint;
  readonly m: Messages;
  readonly flags: FlagsApi;

  constructor(findEndpoint: FindEndpoint, m: Messages) {
    this.findEndpoint = findEndpoint;
    this.m = m;
    this.flags = new FlagsApi({
      read: async (call, schema) => this.#understand(await this.#send(call), schema),
      send: (call) => this.#send(call),
    });
  }

  server(): Promise<ServerInfo> {
    return this.#get('/api/v1/server', serverInfo);
  }

  /** JSON Schema of launch.yaml. */
  planSchema(): Promise<Record<string, unknown>> {
    return this.#get('/api/v1/plan-schema', z.record(z.string(), z.unknown()));
  }

  policySchema(): Promise<Record<string, unknown>> {
    return this.#get('/api/v1/policy-schema', z.record(z.string(), z.unknown()));
  }

  reportPlan(plan: PlanText): Promise<PlanReport> {
    return this.#post('/api/v1/plans/report', plan, planReport);
  }

  calendar(request: CalendarRequest): Promise<CalendarAnswer> {
    return this.#post('/api/v1/plans/calendar', request, calendarAnswer);
  }

  advise(request: AdviceRequest): Promise<Advice> {
    return this.#post('/api/v1/advice', request, advice);
  }

  start(request: StartRequest): Promise<LaunchView> {
    return this.#post('/api/v1/launches', request, launchView);
  }

  /** Newest first; of old ones that ended, only how many. */
  launches(): Promise<LaunchList> {
    return this.#get('/api/v1/launches', launchList);
  }

  async launch(id: string, signal?: AbortSignal): Promise<LaunchView> {
    return this.#understand(await this.#send({ method: 'GET', path: launchPath(id) }, signal), launchView);
  }

  command(id: string, command: LaunchCommand): Promise<LaunchView> {
    return this.#post(`${launchPath(id)}/commands`, command, launchView);
  }

  record(id: string): Promise<LaunchRecord> {
    return this.#get(`${launchPath(id)}/record?format=json`, launchRecord);
  }

  async recordAsMarkdown(id: string): Promise<string> {
    const path = `${launchPath(id)}/record?format=markdown`;
    return readWhole(await this.#send({ method: 'GET', path, accept: 'text/markdown' }), this.m);
  }

  /** A document about one launch. */
  report(id: string, kind: ReportKind, request: ReportRequest): Promise<LaunchReport> {
    return this.#post(`${launchPath(id)}/reports/${kind}`, { ...request, format: 'json' }, launchReport);
  }

  reportAsMarkdown(id: string, kind: ReportKind, request: ReportRequest): Promise<string> {
    return this.#markdown(`${launchPath(id)}/reports/${kind}`, { ...request, format: 'markdown' });
  }

  /** A document about several launches. */
  overview(kind: OverviewKind, request: OverviewRequest): Promise<LaunchReport> {
    return this.#post(`/api/v1/reports/${kind}`, { ...request, format: 'json' }, launchReport);
  }

  overviewAsMarkdown(kind: OverviewKind, request: OverviewRequest): Promise<string> {
    return this.#markdown(`/api/v1/reports/${kind}`, { ...request, format: 'markdown' });
  }

  release(id: string): Promise<Release> {
    return this.#get(`${launchPath(id)}/release`, release);
  }

  releases(): Promise<ReleaseList> {
    return this.#get('/api/v1/releases', releaseList);
  }

  /** What each shard of a running version has counted. */
  async shards(body: ShardsRequest, signal: AbortSignal): Promise<ShardsAnswer> {
    return this.#understand(await this.#send({ method: 'POST', path: '/api/v1/shards', body }, signal), shardsAnswer);
  }

  tokens(): Promise<TokenInfo[]> {
    return this.#get('/api/v1/tokens', z.array(tokenInfo));
  }

  createToken(request: TokenRequest): Promise<TokenCreated> {
    return this.#post('/api/v1/tokens', request, tokenCreated);
  }

  async revokeToken(id: string): Promise<void> {
    await this.#send({ method: 'DELETE', path: `/api/v1/tokens/${encodeURIComponent(id)}` });
  }

  async shutDownEnvironment(name: string): Promise<void> {
    await this.#send({ method: 'POST', path: `/api/v1/environments/${encodeURIComponent(name)}/shutdown`, body: {} });
  }

  async #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#understand(await this.#send({ method: 'GET', path }), schema);
  }

  async #post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return this.#understand(await this.#send({ method: 'POST', path, body }), schema);
  }

  async #markdown(path: string, body: unknown): Promise<string> {
    return readWhole(await this.#send({ method: 'POST', path, body, accept: 'text/markdown' }), this.m);
  }

  async #send(call: Call, signal?: AbortSignal): Promise<Response> {
    const endpoint = await this.findEndpoint();
    const patience = AbortSignal.timeout(PATIENCE_MS);
    return send(endpoint, call, {
      m: this.m,
      signal: signal === undefined ? patience : AbortSignal.any([patience, signal]),
    });
  }

  async #understand<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
    return understand(await readJson(response, this.m), schema, this.m);
  }
}

const LOCALES = { en: z.locales.en().localeError, fr: z.locales.fr().localeError };

/** How zod says in the user's language what is wrong. */
export function understandLocale(m: Messages): z.core.$ZodErrorMap {
  return LOCALES[m.language];
}

/** Parses what a server sent. Throws Failure that names the place which does not fit. */
export function understand<T>(value: unknown, schema: z.ZodType<T>, m: Messages): T {
  const parsed = schema.safeParse(value, { error: LOCALES[m.language] });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '.' : issue.path.join('.');
  throw new Failure('internal', m.failures.otherVersion(place, issue?.message ?? ''));
}

export function launchPath(id: string): string {
  return `/api/v1/launches/${encodeURIComponent(id)}`;
}
