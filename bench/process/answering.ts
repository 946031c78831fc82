import type { Answer, Question } from './wire.ts';

type Methods = Readonly<Record<string, (params: never) => unknown>>;

/** In a process of the bench: answers its questions until it lets go, then ends, after `stop`. */
export function answerQuestions(methods: Methods, stop: () => Promise<void> = async () => {}): void {
  process.on('message', (question: Question) => {
    void answer(methods, question).then((said) => process.connected && process.send?.(said));
  });
  process.on('disconnect', () => void stop().finally(() => process.exit()));
}

/** What this process was started for. */
export function orderOf<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}

async function answer(methods: Methods, { id, method, params }: Question): Promise<Answer> {
  try {
    if (method === 'ready') return { id };
    const found = methods[method];
    if (found === undefined) throw new Error(`there is no ${method}`);
    return { id, value: await found(params as never) };
  } catch (error) {
    return { id, error: `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
}
