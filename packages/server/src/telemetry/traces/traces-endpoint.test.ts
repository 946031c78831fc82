import { describe, expect, test } from 'vitest';
import { tracesEndpoint } from './traces-endpoint.ts';

const SHARED = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const OWN = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';

describe('where traces go', () => {
  test.each<[Record<string, string>, string | null]>([
    [{}, null],
    [{ [SHARED]: '' }, null],
    [{ [SHARED]: 'http://collector:4318' }, 'http://collector:4318/v1/traces'],
    [{ [SHARED]: 'https://collector/otlp/' }, 'https://collector/otlp/v1/traces'],
    [{ [OWN]: 'http://traces:4318/take' }, 'http://traces:4318/take'],
    [{ [OWN]: 'http://traces:4318/take', [SHARED]: 'http://collector:4318' }, 'http://traces:4318/take'],
    [{ [SHARED]: 'http://collector:4318', OTEL_SDK_DISABLED: 'true' }, null],
    [{ [SHARED]: 'http://collector:4318', OTEL_TRACES_EXPORTER: 'none' }, null],
  ])('%j: %s', (environment, expected) => {
    expect(tracesEndpoint(environment)).toBe(expected);
  });

  test.each(['collector:4318', 'nonsense', 'ftp://ada:hunter2@collector'])('%s is refused', (address) => {
    expect(() => tracesEndpoint({ [SHARED]: address })).toThrow(/^OTEL_EXPORTER_OTLP_ENDPOINT is not an address/);
    expect(() => tracesEndpoint({ [OWN]: address })).not.toThrow('hunter2');
  });
});
