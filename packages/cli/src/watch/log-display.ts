import type { LaunchView, Look } from '@slipway/contract';
import type { OutputStream } from '../context.ts';
import { Pen } from '../render/pen.ts';
import type { Screen } from '../render/screen.ts';
import { count, launchClock, reading, span, timeOfDay } from '../terminal/numbers.ts';
import { changes, COMMAND } from './changes.ts';
import type { Display } from './display.ts';

/** A sign of life with figures while something is measured or works for long. */
const FIGURES_EVERY_MS = 30_000;

/** One line a change, for logs: nothing is redrawn, nothing is repeated. */
export class LogDisplay implements Display {
  readonly #output: OutputStream;
  readonly #screen: () => Screen;
  #view: LaunchView | null = null;
  #figuresAt: number;
  #isLost = false;

  constructor(output: OutputStream, screen: () => Screen) {
    this.#output = output;
    this.#screen = screen;
    this.#figuresAt = screen().now;
  }

  show(view: LaunchView): void {
    const screen = this.#screen();
    const pen = new Pen(screen);
    const found = changes(this.#view, view, pen);
    if (this.#isLost) found.unshift(pen.m.watch.back);
    if (screen.now - this.#figuresAt >= FIGURES_EVERY_MS) {
      this.#figuresAt = screen.now;
      found.push(...figures(view, pen));
    }
    this.#isLost = false;
    this.#view = view;
    for (const text of found) this.#write(view, pen, text);
  }

  lost(at: number, reason: string): void {
    // Once an outage: every attempt would fill the log.
    if (this.#isLost) return;
    this.#isLost = true;
    const pen = new Pen(this.#screen());
    // Before the first view there is no state that could be old, and no clock of the launch.
    if (this.#view === null) this.#output.write(`${pen.clean(reason)}\n`);
    else this.#write(this.#view, pen, pen.join(pen.m.watch.lost(timeOfDay(at, this.#view.zone)), reason));
  }

  end(): void {
    // Every line is written already.
  }

  #write(view: LaunchView, pen: Pen, text: string): void {
    const { now } = pen.screen;
    const isCommand = text.startsWith(COMMAND);
    const lead = isCommand ? COMMAND : `${timeOfDay(now, view.zone)} ${launchClock(now, view.t0)} `;
    this.#output.write(`${lead}${pen.clean(text)}\n`);
  }
}

/** The figures of the moment, and what long work says of itself. */
function figures(view: LaunchView, pen: Pen): string[] {
  const doing = view.activity.map(({ step, text }) => (step === null ? text : `${step}: ${text}`));
  return view.look === null ? doing : [lookText(view.look, pen), ...doing];
}

function lookText(look: Look, pen: Pen): string {
  const { m } = pen;
  const taken = look.samples === null ? m.health.unknown : count(look.samples, m.language);
  const readings = look.metrics.map(({ name, unit, new: ours, old }) => {
    const value = (figure: number | null) => (figure === null ? m.health.noReading : reading(figure, unit, m.language));
    return `${name} ${m.health.newVersion(value(ours))} / ${m.health.oldVersion(value(old))}`;
  });
  return pen.join(
    m.health.standings[look.standing],
    m.health.held(span(look.elapsed), span(look.hold)),
    m.health.samples(taken, count(look.minSamples, m.language)),
    ...readings,
  );
}
