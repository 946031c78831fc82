// Watches a launch with many streams at once, and notes when each event came. A process of its own.
import { Agent, type IncomingMessage, request } from 'node:http';
import { answerQuestions } from '../process/answering.ts';

interface Watch {
  /** Of the launch's stream. */
  readonly url: string;
  /** One a watcher. */
  readonly tokens: readonly string[];
}

/** Event's number to when each watcher had it, in epoch milliseconds. */
const received = new Map<number, number[]>();
const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
let open = 0;

answerQuestions({
  /** Resolves when every watcher has its first view. */
  watch: async ({ url, tokens }: Watch) => {
    await Promise.all(tokens.map((token) => watch(url, token)));
    return open;
  },
  received: () => [...received],
});

function watch(url: string, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`the stream answered ${answer.statusCode}`));
      open += 1;
      follow(answer, resolve);
    });
    sent.on('error', reject).end();
  });
}

/** An event is there with its last line: whoever has but the first one sees nothing yet. */
function follow(answer: IncomingMessage, onFirst: () => void): void {
  let unread = '';
  answer.setEncoding('utf8').on('data', (text: string) => {
    const now = performance.timeOrigin + performance.now();
    const events = (unread + text).split('\n\n');
    unread = events.pop() ?? '';
    for (const event of events) {
      // What was recorded comes with it, under the same number; a screen shows the view.
      const seq = Number(/^id: (\d+)\nevent: view$/m.exec(event)?.[1]);
      if (!Number.isInteger(seq)) continue;
      const times = received.get(seq) ?? [];
      times.push(now);
      received.set(seq, times);
      onFirst();
    }
  });
}
