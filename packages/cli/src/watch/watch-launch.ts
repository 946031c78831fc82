import type { LaunchView } from '@slipway/contract';
import type { Api } from '../api/api.ts';
import { follow } from '../api/follow.ts';
import { endingCode, EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { isLive } from '../terminal/capabilities.ts';
import { type Display, SILENT } from './display.ts';
import { LiveDisplay } from './live-display.ts';
import { LogDisplay } from './log-display.ts';
import { standsStill } from './stands-still.ts';

export interface WatchOptions {
  readonly launch: string;
  /** Leave as soon as the launch goes on only when a person acts. */
  readonly untilHeld: boolean;
  readonly launchFlag: string;
}

/** Shows a launch until it ends, stands still, or the user leaves. The launch does not notice. Throws Failure. */
export async function watchLaunch(session: Session, api: Api, options: WatchOptions): Promise<ExitCode> {
  const left = new AbortController();
  const stopListening = session.context.onStop(() => left.abort());
  const display = chooseDisplay(session, options);
  let seen: Seen = { view: null, code: null };
  try {
    seen = await showUntil(session, api, { options, display, signal: left.signal });
  } finally {
    stopListening();
    display.end();
  }
  if (session.json && seen.view !== null) session.printJson(seen.view);
  if (seen.code === null) session.note(session.m.watch.left(options.launchFlag));
  else if (seen.code === EXIT.held) session.note(session.m.watch.standsStill);
  return seen.code ?? EXIT.left;
}

interface Seen {
  readonly view: LaunchView | null;
  /** null: the user left. */
  readonly code: ExitCode | null;
}

interface Watching {
  readonly options: WatchOptions;
  readonly display: Display;
  readonly signal: AbortSignal;
}

async function showUntil(session: Session, api: Api, watching: Watching): Promise<Seen> {
  const { options, display, signal } = watching;
  const { timing, env, output, now } = session.context;
  const giveUp = isLive(env, output) ? null : timing.giveUp;
  let view: LaunchView | null = null;
  for await (const heard of follow(api, options.launch, { signal, now, timing: { ...timing.follow, giveUp } })) {
    if (heard.kind === 'lost') {
      display.lost(heard.at, heard.reason);
      continue;
    }
    ({ view } = heard);
    display.show(view);
    const code = endingCode(view.state) ?? (options.untilHeld && standsStill(view) ? EXIT.held : null);
    if (code !== null) return { view, code };
  }
  return { view, code: null };
}

function chooseDisplay(session: Session, options: WatchOptions): Display {
  const { env, output } = session.context;
  if (session.json) return SILENT;
  const screen = () => ({ ...session.screen(), launchFlag: options.launchFlag });
  return isLive(env, output) ? new LiveDisplay(output, screen) : new LogDisplay(output, screen);
}
