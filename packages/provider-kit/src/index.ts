export type { BodyProjection, Comparison } from '@slipway/plan';
export type { ActionProvider } from './action.ts';
export { boundedEvidence } from './bounded-evidence.ts';
export type { Alarm, ChannelProvider, Message, MessageArtifact, Severity } from './channel.ts';
export type { CheckProvider, CheckResult } from './check.ts';
export type { BaseContext, Capabilities, Capability, ProviderContext, SecretRef } from './context.ts';
export { OutcomeUnknownError, reasonOf, RetryableError, TerminalError } from './errors.ts';
export type { Evidence, EvidenceItem, Verification } from './evidence.ts';
export type { HttpClient, HttpRequest, HttpResponse } from './http/http-client.ts';
export { NoAnswerError } from './http/no-answer-error.ts';
export { isPrivateAddress } from './http/private-address.ts';
export { redirectTarget } from './http/redirect.ts';
export type { HostAddress, ResolveHost } from './http/resolve-host.ts';
export { retryAfterMs } from './http/retry-after.ts';
export type { HttpClientOptions } from './http/undici-http-client.ts';
export { createHttpClient } from './http/undici-http-client.ts';
export type { Json } from './json.ts';
export type {
  Arms,
  MetricSourceProvider,
  Reading,
  Sample,
  ShardCount,
  ShardReading,
  ShardsOf,
  ShardSource,
  Span,
} from './metric-source.ts';
export type { DifferenceSample, Mirror, MirrorCounts } from './mirror.ts';
export type {
  Incident,
  LaunchedArtifact,
  PastEnvironment,
  PastLaunch,
  PastLaunches,
  PastRecord,
} from './past-launches.ts';
export type { PlanRehearsal, PlanRehearsed, RedScenario } from './plan-rehearsal.ts';
export type {
  CommandEnd,
  CommandRequest,
  CommandResult,
  CommandRunner,
  ProcessMark,
  Settled,
} from './process/command-runner.ts';
export { createCommandRunner } from './process/local-command-runner.ts';
export { minimalEnv } from './process/minimal-env.ts';
export { endProcessGroup } from './process/process-group.ts';
export type { ProcessEntry, ProcessIdentity } from './process/process-table.ts';
export { findByEnvironment, findProcess, isAlive, isOfThisBoot, listProcesses } from './process/process-table.ts';
export { sendSignal } from './process/send-signal.ts';
export type { Redactor } from './redaction/redactor.ts';
export { createRedactor, REDACTED } from './redaction/redactor.ts';
export { SHORTEST_SECRET } from './redaction/secret-forms.ts';
export type { Registry } from './registry/registry.ts';
export type {
  AnswerCounts,
  LatencyHistogram,
  RouterCounts,
  RouterProvider,
  RouterState,
  Split,
  VersionCounts,
  VisitorCounts,
} from './router.ts';
export type { DurationLimits } from './schema/duration.ts';
export { duration, formatDuration } from './schema/duration.ts';
export { secretRef } from './schema/secret-ref.ts';
export type { Setting } from './schema/setting.ts';
export { readSettings, setting } from './schema/setting.ts';
export type { InstanceState, ScaleOrder, Scaling, TargetProvider, TargetState, VersionState } from './target.ts';
export { unlessAborted } from './unless-aborted.ts';
export type { FlagCounts, OutcomeCounts } from './flag-counts.ts';
export type { ReadRota, RotaShift } from './rota.ts';
