/** One metric of the server. A label takes values from a small closed set: no launch, no person, no address of anything. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** UCUM, as OpenTelemetry has it. */
  readonly unit?: 's' | 'By';
  /** Upper bounds of a histogram's buckets, in its unit. */
  readonly buckets?: readonly number[];
}

const SHORT = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From a moment to a soak of days. */
const LONG = [0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 3_600, 14_400, 86_400, 604_800];
const RECOVERY = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

/** Everything that `GET /metrics` can say. The page for operators lists the same; a test holds it to that. */
export const METRICS = {
  launches: {
    name: 'slipway_launches',
    type: 'gauge',
    help: 'Launches under way, of all servers on the same database',
    labels: ['state'],
  },
  launchesStarted: {
    name: 'slipway_launches_started_total',
    type: 'counter',
    help: 'Launches that this server started',
    labels: [],
  },
  launchesEnded: {
    name: 'slipway_launches_ended_total',
    type: 'counter',
    help: 'Launches whose end this server recorded; one may end once more after rollback-incomplete',
    labels: ['ending'],
  },
  holds: {
    name: 'slipway_holds_total',
    type: 'counter',
    help: 'Times that a launch was held',
    labels: ['cause'],
  },
  turnBacks: {
    name: 'slipway_turn_backs_total',
    type: 'counter',
    help: 'Times that a launch turned back, to be scrubbed or rolled back',
    labels: ['cause', 'ending'],
  },
  recovery: {
    name: 'slipway_recovery_seconds',
    type: 'histogram',
    help: "From the new version's first bad response to all traffic back on the previous one, where both are known",
    labels: [],
    unit: 's',
    buckets: RECOVERY,
  },
  verdicts: {
    name: 'slipway_verdicts_total',
    type: 'counter',
    help: 'Verdicts of the judge',
    labels: ['decision'],
  },
  effectsStarted: {
    name: 'slipway_effects_started_total',
    type: 'counter',
    help: 'Attempts at an effect that were begun',
    labels: ['kind'],
  },
  effectDuration: {
    name: 'slipway_effect_duration_seconds',
    type: 'histogram',
    help: 'How long attempts at an effect took that were settled; their number is its count',
    labels: ['kind', 'outcome'],
    unit: 's',
    buckets: LONG,
  },
  effectRetries: {
    name: 'slipway_effect_retries_total',
    type: 'counter',
    help: 'Attempts at an effect that failed and are tried again',
    labels: ['kind'],
  },
  eventsAppended: {
    name: 'slipway_events_appended_total',
    type: 'counter',
    help: 'Events that this server appended',
    labels: ['type'],
  },
  lastAppend: {
    name: 'slipway_last_append_timestamp_seconds',
    type: 'gauge',
    help: 'When this server last appended an event, in seconds since the epoch; absent until it does',
    labels: [],
    unit: 's',
  },
  appendConflicts: {
    name: 'slipway_append_conflicts_total',
    type: 'counter',
    help: 'Appends refused because somebody else had appended first; the decision was made again',
    labels: [],
  },
  databaseErrors: {
    name: 'slipway_database_errors_total',
    type: 'counter',
    help: 'Queries and transactions that the database refused',
    labels: ['code'],
  },
  queueDepth: {
    name: 'slipway_queue_depth',
    type: 'gauge',
    help: 'Work in the queue of all servers on the same database; what is due now includes what is being done',
    labels: ['due'],
  },
  queueInFlight: {
    name: 'slipway_queue_in_flight',
    type: 'gauge',
    help: 'Work that this server is doing',
    labels: [],
  },
  workFailures: {
    name: 'slipway_work_failures_total',
    type: 'counter',
    help: 'Times that work of the queue ended with an error of the server; it is delivered again',
    labels: [],
  },
  timerLateness: {
    name: 'slipway_timer_lateness_seconds',
    type: 'histogram',
    help: 'How long after its due time a wake-up was taken up',
    labels: [],
    unit: 's',
    buckets: SHORT,
  },
  streamWatchers: {
    name: 'slipway_stream_watchers',
    type: 'gauge',
    help: 'Live streams that are open',
    labels: [],
  },
  flagStreams: {
    name: 'slipway_flag_streams',
    type: 'gauge',
    help: 'Clients that listen for changes of feature flags',
    labels: [],
  },
  flagEvaluations: {
    name: 'slipway_flag_evaluations_total',
    type: 'counter',
    help: 'Feature flags evaluated, each flag of an answer one; also where nothing was modified',
    labels: [],
  },
  flagRefusals: {
    name: 'slipway_flag_refusals_total',
    type: 'counter',
    help: 'Requests for feature flags that were refused',
    labels: ['http_response_status_code'],
  },
  requestDuration: {
    name: 'http_server_request_duration_seconds',
    type: 'histogram',
    help: 'How long HTTP requests took; live streams and evaluations of feature flags are left out',
    labels: ['http_request_method', 'http_route', 'http_response_status_code'],
    unit: 's',
    buckets: SHORT,
  },
  spans: {
    name: 'slipway_trace_spans_total',
    type: 'counter',
    help: 'Spans of launches: made, and of these exported or failed to be; none while traces are not exported',
    labels: ['fate'],
  },
  cpu: {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'User and system time of the process',
    labels: [],
    unit: 's',
  },
  residentMemory: {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory of the process that is in RAM',
    labels: [],
    unit: 'By',
  },
  startTime: {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process started, in seconds since the epoch',
    labels: [],
    unit: 's',
  },
  heapUsed: {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    help: 'Memory of the JavaScript heap in use',
    labels: [],
    unit: 'By',
  },
  loopDelay: {
    name: 'nodejs_eventloop_delay_seconds',
    type: 'gauge',
    help: 'How late the event loop was since the last time this was read',
    labels: ['percentile'],
    unit: 's',
  },
  build: {
    name: 'slipway_build_info',
    type: 'gauge',
    help: '1, with the versions of Slipway and of Node.js',
    labels: ['version', 'node'],
  },
} as const satisfies Record<string, MetricDefinition>;
