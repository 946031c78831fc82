import { type ReceivedRequest, startTestServer, type TestServer } from '@slipway/provider-kit/testing';

/** A message as whoever reads the channel sees it. */
export interface Told {
  /** `tech`, `incidents`, … */
  readonly channel: string;
  readonly text: string;
  /** Of Slack's: whether it stands under the launch's first message. */
  readonly inThread: boolean;
}

/** What lies outside of a launch, on this machine: Slack, PagerDuty, webhooks, and whatever answers with JSON. */
export interface OutsideWorld extends AsyncDisposable {
  readonly url: string;
  /** In the order in which they came. */
  readonly told: readonly Told[];
  /** What was told in a channel, first lines only. */
  titlesIn(channel: string): readonly string[];
}

type Answers = Readonly<Record<string, unknown>>;

/** `answers`: JSON by path; a path that is not there is answered with 404. */
export async function openOutsideWorld(answers: Answers = {}): Promise<OutsideWorld> {
  const told: Told[] = [];
  const server: TestServer = await startTestServer((request, response) => {
    const { status, body } = answerTo(request, told, answers);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return {
    url: server.url,
    told,
    titlesIn: (channel) => told.filter((each) => each.channel === channel).map(({ text }) => titleOf(text)),
    [Symbol.asyncDispose]: server.close,
  };
}

function answerTo({ path, body }: ReceivedRequest, told: Told[], answers: Answers) {
  const [place = ''] = path.split('?', 1);
  if (place === '/slack/chat.postMessage') return { status: 200, body: inSlack(body, told) };
  if (place.startsWith('/hooks/')) return { status: 200, body: hooked(place.slice('/hooks/'.length), body, told) };
  if (place.startsWith('/v2/')) return { status: 202, body: paged(body, told) };
  return Object.hasOwn(answers, place) ? { status: 200, body: answers[place] } : { status: 404, body: {} };
}

function inSlack(body: string, told: Told[]) {
  const { text, channel, thread_ts } = JSON.parse(body) as Readonly<Record<string, string>>;
  told.push({ channel: 'tech', text: text ?? '', inThread: thread_ts !== undefined });
  const ts = `${1_700_000_000 + told.length}.000100`;
  return { ok: true, channel, ts, message: { text } };
}

/** Slack's incoming webhooks and our own signed ones. */
function hooked(channel: string, body: string, told: Told[]) {
  const said = JSON.parse(body) as {
    readonly text?: string;
    readonly data?: { readonly title?: string; readonly text?: string };
  };
  const text = said.text ?? `${said.data?.title}\n${said.data?.text}`;
  told.push({ channel, text, inThread: false });
  return {};
}

function paged(body: string, told: Told[]) {
  const { payload } = JSON.parse(body) as { readonly payload?: { readonly summary?: string } };
  told.push({ channel: 'on-call', text: payload?.summary ?? 'resolved', inThread: false });
  return { status: 'success', message: 'Event processed', dedup_key: 'launch' };
}

const titleOf = (text: string): string => (text.split('\n', 1)[0] ?? '').replaceAll('*', '');
