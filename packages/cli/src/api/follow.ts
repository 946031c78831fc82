import { launchView, type LaunchView } from '@slipway/contract';
import { createParser } from 'eventsource-parser';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, reasonOf, Unreachable } from '../failure.ts';
import { launchPath, understand, type Api } from './api.ts';
import { send } from './request.ts';

export type Followed =
  | { readonly kind: 'view'; readonly view: LaunchView }
  /** What was shown before is no longer known to be so. `at`: epoch ms of the last sign of life. */
  | { readonly kind: 'lost'; readonly at: number; readonly reason: string };

export interface FollowTiming {
  /** Milliseconds without a byte after which the connection counts as lost. The server's heartbeats are to be shorter. */
  readonly silence: number;
  /** Milliseconds before the first new attempt; doubled up to `longest` until one succeeds. */
  readonly first: number;
  readonly longest: number;
  /** Milliseconds without a sign of life after which following ends with a Failure; null: it never gives up. */
  readonly giveUp: number | null;
}

export interface FollowOptions {
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly timing: FollowTiming;
}

/**
 * A launch's views as they change, through lost connections, until the signal aborts. Throws Failure where asking again
 * cannot help: no such launch, no right to see it, an answer that is not understood.
 */
export async function* follow(api: Api, id: string, options: FollowOptions): AsyncGenerator<Followed, void, undefined> {
  const { signal, now, timing } = options;
  let contact = now();
  let delay = timing.first;
  while (!signal.aborted) {
    let reason = api.m.watch.streamEnded;
    try {
      for await (const heard of connection(api, id, options)) {
        contact = now();
        delay = timing.first;
        if (heard !== null) yield { kind: 'view', view: heard };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Failure) || !mayPass(error)) throw error;
      // Its advice is for a person; here it is tried again without one.
      reason = error instanceof Unreachable ? error.reason : error.message;
    }
    if (isAborted(signal)) return;
    if (timing.giveUp !== null && now() - contact >= timing.giveUp)
      throw new Failure('unavailable', api.m.watch.gaveUp(reason));
    yield { kind: 'lost', at: contact, reason };
    await pause(delay, signal);
    delay = Math.min(delay * 2, timing.longest);
  }
}

/** Whether it may be otherwise in a moment: the server is back, or one of too many screens was closed. */
function mayPass({ code }: Failure): boolean {
  return code === 'unavailable' || code === 'too-many';
}

/** One connection until it ends: the view now, then every view of the stream; null for other signs of life. */
async function* connection(api: Api, id: string, options: FollowOptions): AsyncGenerator<LaunchView | null> {
  const silence = watchSilence(options.timing.silence);
  const signal = AbortSignal.any([options.signal, silence.signal]);
  try {
    const view = await api.launch(id, signal);
    silence.heard();
    yield view;
    const endpoint = await api.findEndpoint();
    const headers = { 'last-event-id': String(view.seq) };
    const call = { method: 'GET', path: `${launchPath(id)}/stream`, accept: 'text/event-stream', headers } as const;
    const response = await send(endpoint, call, { m: api.m, signal });
    yield* events(api, response, silence.heard);
  } finally {
    silence.end();
  }
}

/** A view is some tens of kilobytes; this bounds what a broken server can make us keep. */
const MOST_BUFFERED = 16 * 1024 * 1024;

async function* events(api: Api, response: Response, heard: () => void): AsyncGenerator<LaunchView | null> {
  const views: LaunchView[] = [];
  let strange: unknown = null;
  const parser = createParser({
    maxBufferSize: MOST_BUFFERED,
    onEvent: (event) => {
      if (event.event !== 'view') return;
      try {
        views.push(understand(JSON.parse(event.data), launchView, api.m));
      } catch (error) {
        strange ??= error instanceof Failure ? error : new Failure('internal', api.m.failures.noJson('stream'));
      }
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded')
        strange ??= new Failure('internal', api.m.failures.tooLarge(MOST_BUFFERED));
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      heard();
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (strange !== null) throw strange;
      if (views.length === 0) yield null;
      else yield* views.splice(0);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Unreachable(api.m.failures.brokeOff(reasonOf(error)), api.m.failures.brokeOffAdvice);
  }
}

function watchSilence(ms: number): { signal: AbortSignal; heard: () => void; end: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('silence')), ms);
  return { signal: controller.signal, heard: () => void timer.refresh(), end: () => clearTimeout(timer) };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Asked in a function of its own: the compiler does not see that a signal changes while we wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
