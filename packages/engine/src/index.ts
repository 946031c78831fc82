export type { Appended, OnAppended } from './ports/appended.ts';
export type { Changed, Changes } from './ports/changes.ts';
export type { Clock } from './ports/clock.ts';
export type { FlagCounter, FlagExposure, FlagOutcome, FlagVariant } from './ports/flag-counter.ts';
export type { FlagDeliveries, FlagReach } from './ports/flag-delivery.ts';
export type { FlagKeyRow, FlagKeys } from './ports/flag-keys.ts';
export type { FlagAppend, FlagStore, HistoryAsked, StoredFlagEvent } from './ports/flag-store.ts';
export type { Database, Queryable, SqlRow, SqlValue } from './ports/database.ts';
export {
  type Append,
  type LaunchRow,
  type LaunchStore,
  type StoredEvent,
  VersionConflict,
} from './ports/launch-store.ts';
export type { HookDeliveries } from './ports/hook-deliveries.ts';
export type { LeaseResult, Leases } from './ports/leases.ts';
export type { RehearsalOrder, Rehearser } from './ports/rehearser.ts';
export type { TokenRow, Tokens } from './ports/tokens.ts';
export { CannotGoOn, type GoingOn, TAKE_OVER, TAKE_OVER_DEAD, type Work, type WorkQueue } from './ports/work-queue.ts';
export { holdOnKill, type HoldOnKillPorts } from './flags/hold-on-kill.ts';
export { createEngine, type Engine, type EnginePorts, type PersonCommand, type StartOrder } from './engine.ts';
export { EnvironmentKeeper } from './environments/environment-keeper.ts';
export { inspectEnvironment } from './environments/inspect-environment.ts';
export { messageAt, type RenderedMessage } from './messages/render-message.ts';
export { createFlagCounter, type FlagCounterPorts } from './flags/flag-counter.ts';
export { createFlags, type FlagsPorts } from './flags/create-flags.ts';
export type { FlagOrder, Flags, FlagsExecuted, FlagTrouble, PendingKill, ServedSet } from './flags/flags.ts';
export { CheckFailed } from './handlers/check-failed.ts';
export type { Done, EffectContext, Handler, Handlers } from './handlers/handler.ts';
export { createHandlers } from './handlers/handlers.ts';
export { makeChange, type Made, type Making, type Order } from './launches/change.ts';
export type { Executed } from './launches/launches.ts';
export type { LiveState } from './live/live-state.ts';
export type { LiveLook, LiveMetric } from './live/live-look.ts';
export { type Machine, placeOf, ProviderAccess, providerDirectory } from './providers/provider-access.ts';
export { LivedTime } from './clock/lived-time.ts';
export { createSystemClock } from './clock/system-clock.ts';
export { createInProcessQueue, type InProcessQueueOptions } from './queue/in-process-queue.ts';
export { countWork, type WorkCount } from './queue/count-work.ts';
export { readShards, type ShardsAsked, type ShardsRead } from './shards/read-shards.ts';
export { exportState } from './state/export-state.ts';
export { type Imported, importState } from './state/import-state.ts';
export { launchesUnderWay, markMoved, movedAt } from './state/moved.ts';
export { createPgBossQueue, type PgBossPorts, type PgBossQueueOptions } from './queue/pg-boss-queue.ts';
export { sealEvents, verifyChain } from './store/chain.ts';
export { checkLaunch, type LogPart, readWritten } from './store/check-launch.ts';
export { EVENT_TYPES } from './store/event-format.ts';
export { type ChainCheck, type ChainHead, GENESIS, type WrittenEvent } from './store/links.ts';
export { type FlagDraft, sealFlagEvents, verifyFlagChain } from './store/flag-chain.ts';
export { FLAG_EVENT_TYPES } from './store/flag-event-format.ts';
export { createFlagKeys } from './store/flag-keys.ts';
export { createFlagStore } from './store/flag-store.ts';
export { createHookDeliveries } from './store/hook-deliveries.ts';
export { createLaunchStore } from './store/launch-store.ts';
export { createLeases } from './store/leases.ts';
export { createLocalChanges } from './store/local-changes.ts';
export type { PostgresOptions } from './store/postgres/connect.ts';
export { createPostgresChanges, type PostgresChangesOptions } from './store/postgres/postgres-changes.ts';
export { openPostgresDatabase } from './store/postgres/postgres-database.ts';
export { type DirectoryLock, lockDirectory } from './store/sqlite/directory-lock.ts';
export { openSqliteDatabase } from './store/sqlite/sqlite-database.ts';
export { StorageError, type StorageProblem } from './store/storage-error.ts';
export { probeStorage } from './store/probe-storage.ts';
export { createTokens } from './store/tokens.ts';
