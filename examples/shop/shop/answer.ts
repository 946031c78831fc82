/** What a route answers, before it is written to the wire. */
export interface Answer {
  readonly status: number;
  readonly type: 'application/json' | 'text/html' | 'text/plain';
  readonly body: string;
  /** Besides those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

export function html(body: string): Answer {
  return { status: 200, type: 'text/html', body };
}

export function plain(body: string): Answer {
  return { status: 200, type: 'text/plain', body };
}
