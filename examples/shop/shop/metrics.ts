/** Upper bounds of the latency buckets, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];

/** What one version has answered since it started, in the text format of Prometheus. */
export class Metrics {
  readonly #version: string;
  readonly #byClass = new Map(CLASSES.map((name) => [name, 0]));
  readonly #within = new Map(BOUNDS.map((bound) => [bound, 0]));
  #seconds = 0;
  #answers = 0;

  constructor(version: string) {
    this.#version = version;
  }

  count(status: number, seconds: number): void {
    const name = `${Math.floor(status / 100)}xx`;
    this.#byClass.set(name, (this.#byClass.get(name) ?? 0) + 1);
    for (const bound of BOUNDS) if (seconds <= bound) this.#within.set(bound, (this.#within.get(bound) ?? 0) + 1);
    this.#seconds += seconds;
    this.#answers += 1;
  }

  /** Every class is there from the start, at zero: a class that is not there yet could not be told from one that is misspelt. */
  text(): string {
    const version = `version="${this.#version}"`;
    const duration = 'shop_request_duration_seconds';
    const lines = [
      '# HELP shop_requests_total Answers by version and class of status.',
      '# TYPE shop_requests_total counter',
      ...[...this.#byClass].map(([name, count]) => `shop_requests_total{${version},class="${name}"} ${count}`),
      `# HELP ${duration} Time from a request to its answer.`,
      `# TYPE ${duration} histogram`,
      ...[...this.#within].map(([bound, count]) => `${duration}_bucket{${version},le="${bound}"} ${count}`),
      `${duration}_bucket{${version},le="+Inf"} ${this.#answers}`,
      `${duration}_sum{${version}} ${this.#seconds}`,
      `${duration}_count{${version}} ${this.#answers}`,
    ];
    return `${lines.join('\n')}\n`;
  }
}
