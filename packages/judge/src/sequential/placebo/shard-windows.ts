import type { AlarmRules } from './alarm-rules.ts';
import { ArmWindow, type ArmWindowState, type ClosedArm } from './arm-window.ts';
import type { ShardReading } from './shard-counts.ts';

export interface ClosedWindow {
  readonly new: ClosedArm;
  readonly old: ClosedArm;
}

export interface ShardWindowsState {
  readonly seconds: number;
  readonly new: ArmWindowState;
  readonly old: ArmWindowState;
}

/** Both arms' shards, window by window. */
export class ShardWindows {
  readonly #window: number;
  readonly #new: ArmWindow;
  readonly #old: ArmWindow;
  #seconds = 0;

  constructor(rules: AlarmRules) {
    this.#window = rules.window;
    this.#new = new ArmWindow(rules);
    this.#old = new ArmWindow(rules);
  }

  /** null: the window is not over. */
  add(reading: ShardReading): ClosedWindow | null {
    this.#follow(this.#new, reading.new.units.length);
    this.#follow(this.#old, reading.old.units.length);
    this.#new.add(reading.new);
    this.#old.add(reading.old);
    this.#seconds += 1;
    if (this.#seconds < this.#window) return null;
    this.#seconds = 0;
    return { new: this.#new.close(), old: this.#old.close() };
  }

  state(): ShardWindowsState {
    return { seconds: this.#seconds, new: this.#new.state(), old: this.#old.state() };
  }

  restore(state: ShardWindowsState): void {
    this.#seconds = state.seconds;
    this.#new.restore(state.new);
    this.#old.restore(state.old);
  }

  /** A step of the rollout gives an arm other shards. The window that has begun would be of both, so it is dropped in both arms. */
  #follow(arm: ArmWindow, shards: number): void {
    if (arm.shards === shards) return;
    arm.reset(shards);
    this.#new.drop();
    this.#old.drop();
    this.#seconds = 0;
  }
}
