type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where traces go, by OpenTelemetry's standard variables; null: nowhere, which is the default. Throws where the address is none:
 * whoever asked for traces must not find out months later that there are none.
 */
export function tracesEndpoint(environment: Environment): string | null {
  const own = textOf(environment, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const shared = textOf(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (textOf(environment, 'OTEL_SDK_DISABLED').toLowerCase() === 'true') return null;
  if (textOf(environment, 'OTEL_TRACES_EXPORTER') === 'none') return null;
  if (own !== '') return addressOf('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', own);
  if (shared === '') return null;
  return addressOf('OTEL_EXPORTER_OTLP_ENDPOINT', `${shared.replace(/\/+$/, '')}/v1/traces`);
}

function textOf(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? '';
}

/** The address itself may hold a password: it is not said. */
function addressOf(name: string, text: string): string {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href;
  throw new Error(`${name} is not an address: write one such as http://127.0.0.1:4318`);
}
