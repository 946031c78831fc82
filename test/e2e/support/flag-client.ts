/** Whom an application asks for. */
export interface FlagContext {
  readonly targetingKey: string;
  readonly email?: string;
  readonly beta?: boolean;
}

export interface Evaluated {
  readonly key: string;
  readonly reason: string;
  readonly variant: string;
}

interface Bulk {
  readonly flags: readonly Evaluated[];
  readonly eventStreams?: readonly { readonly url?: string; readonly endpoint?: { readonly requestUri: string } }[];
}

const AT_ONCE = 20;

/** Speaks OFREP to a server, as an SDK does. */
export class FlagClient {
  readonly #url: () => string;
  readonly #key: string;

  /** `url`: asked anew for each request. */
  constructor(url: () => string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async evaluate(flag: string, context: FlagContext): Promise<Evaluated> {
    return (await this.#post(`evaluate/flags/${flag}`, { context })) as Evaluated;
  }

  /** Those of the keys that are served a variant of a flag. */
  async served(flag: string, variant: string, contexts: readonly FlagContext[]): Promise<ReadonlySet<string>> {
    const served = new Set<string>();
    // Some at a time: a connection that was opened for one too many and never used keeps a server from stopping.
    for (let first = 0; first < contexts.length; first += AT_ONCE) {
      const evaluated = contexts.slice(first, first + AT_ONCE).map(async (context) => {
        if ((await this.evaluate(flag, context)).variant === variant) served.add(context.targetingKey);
      });
      await Promise.all(evaluated);
    }
    return served;
  }

  /** All flags, with the address at which changes of them are told. */
  async bulk(context: FlagContext): Promise<{ readonly flags: readonly Evaluated[]; readonly stream: URL }> {
    const { flags, eventStreams = [] } = (await this.#post('evaluate/flags', { context })) as Bulk;
    const [stream] = eventStreams;
    const address = stream?.url ?? stream?.endpoint?.requestUri;
    if (address === undefined) throw new Error('the server names no stream');
    return { flags, stream: new URL(address, this.#url()) };
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url()}/ofrep/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }
}

/** A client that listens for changes, and asks again at each of them. */
export class ListeningClient {
  /** Epoch ms at which it got another variant, with that variant; the first is what it began with. */
  readonly met: { readonly at: number; readonly variant: string }[] = [];
  readonly #leaving = new AbortController();
  #listening: Promise<void> = Promise.resolve();

  /** Resolves when it listens. */
  async open(client: FlagClient, flag: string, context: FlagContext): Promise<void> {
    const ask = async (): Promise<URL> => {
      const { flags, stream } = await client.bulk(context);
      const variant = flags.find(({ key }) => key === flag)?.variant ?? 'none';
      if (this.met.at(-1)?.variant !== variant) this.met.push({ at: Date.now(), variant });
      return stream;
    };
    const response = await fetch(await ask(), { signal: this.#leaving.signal });
    if (!response.ok) throw new Error(`the stream answers ${response.status}`);
    // What changed between the first answer and the stream was told to nobody.
    await ask();
    this.#listening = this.#follow(response, ask).catch(() => {});
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#listening;
  }

  async #follow(response: Response, ask: () => Promise<unknown>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      const messages = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = messages.pop() ?? '';
      if (messages.some((message) => message.includes('refetchEvaluation'))) await ask();
    }
  }
}
