import type { LaunchView } from '@slipway/contract';
import { createLogUpdate } from 'log-update';
import type { OutputStream } from '../context.ts';
import { Pen } from '../render/pen.ts';
import { renderLaunch } from '../render/render-launch.ts';
import type { Screen } from '../render/screen.ts';
import type { Display } from './display.ts';

/** At most five redraws a second: more is unreadable, and slow over a remote terminal. */
const REDRAW_MS = 200;
/** The clock and the bars go on between views. */
const TICK_MS = 1_000;

/** Redraws the screen in place. It repaints only lines that changed, so nothing flickers. */
export class LiveDisplay implements Display {
  readonly #output: OutputStream;
  readonly #screen: () => Screen;
  readonly #paint: ReturnType<typeof createLogUpdate>;
  readonly #ticker: NodeJS.Timeout;
  #view: LaunchView | null = null;
  #lost: Pick<Screen, 'lost' | 'lostReason'> = { lost: null };
  #due: NodeJS.Timeout | null = null;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(output: OutputStream, screen: () => Screen) {
    this.#output = output;
    this.#screen = screen;
    this.#paint = createLogUpdate(output);
    this.#ticker = setInterval(this.#request, TICK_MS);
    output.on('resize', this.#request);
  }

  show(view: LaunchView): void {
    this.#view = view;
    this.#lost = { lost: null };
    this.#request();
  }

  lost(at: number, reason: string): void {
    this.#lost = { lost: at, lostReason: reason };
    // Nothing was seen yet that could be shown as old: only the reason is known.
    if (this.#view === null) {
      const pen = new Pen(this.#screen());
      this.#paint(pen.hang(`${pen.symbols.warning} `, reason).join('\n'));
    }
    this.#request();
  }

  end(): void {
    clearInterval(this.#ticker);
    if (this.#due !== null) clearTimeout(this.#due);
    this.#output.off('resize', this.#request);
    this.#paint.clear();
    this.#paint.done();
    // Everything, not only what fitted: it stays in the terminal's history.
    const lines = this.#render(null);
    if (lines.length > 0) this.#output.write(`${lines.join('\n')}\n`);
  }

  readonly #request = (): void => {
    if (this.#due !== null || this.#view === null) return;
    const wait = Math.max(0, this.#drawnAt + REDRAW_MS - performance.now());
    this.#due = setTimeout(this.#draw, wait);
  };

  readonly #draw = (): void => {
    this.#due = null;
    this.#drawnAt = performance.now();
    // The last row stays free: a line break in it would scroll the screen.
    const lines = this.#render((this.#output.rows ?? 24) - 1);
    this.#paint(lines.join('\n'));
  };

  #render(height: number | null): string[] {
    if (this.#view === null) return [];
    return renderLaunch(this.#view, { ...this.#screen(), height, ...this.#lost });
  }
}
