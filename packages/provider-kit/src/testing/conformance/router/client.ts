import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Whether the request went over a connection that had carried one before. */
  readonly reused: boolean;
}

export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A client that keeps its connections open, as browsers and load balancers do. */
export class Client {
  readonly #agent: Agent;
  readonly #address: string;

  constructor(address: string, connections: number) {
    this.#address = address;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** The answer, whole. Rejects where none came, and where it broke off. */
  async send(path: string, sending: Sending = {}): Promise<Answer> {
    const { response, reused } = await this.open(path, sending);
    const body = await text(response);
    if (!response.complete) throw new Error(`the answer to ${path} broke off`);
    return { status: response.statusCode ?? 0, headers: response.headers, body, reused };
  }

  /** The answer's beginning: its body is still to be read. */
  async open(
    path: string,
    { method = 'GET', headers = {}, body }: Sending = {},
  ): Promise<{ response: IncomingMessage; reused: boolean }> {
    const outgoing = request(new URL(path, this.#address), { agent: this.#agent, method, headers });
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { response, reused: outgoing.reusedSocket };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Sends `count` requests, as many at a time as the client has connections, and gives the answers. */
export async function sendMany(
  client: Client,
  count: number,
  sending: (index: number) => Sending = () => ({}),
): Promise<Answer[]> {
  return await Promise.all(Array.from({ length: count }, (_, index) => client.send('/', sending(index))));
}
