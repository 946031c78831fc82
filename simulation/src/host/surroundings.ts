import type { Coverage } from '../run/coverage.ts';
import type { Driver } from '../driver/driver.ts';
import type { Random } from '../random/random.ts';
import type { ClockSetter } from '../timeline/clock-setter.ts';
import type { Timeline, World } from '@slipway/rehearsal';
import type { WallClock } from '../timeline/wall-clock.ts';
import type { Weather } from './weather.ts';

/** What a host lives in. */
export interface Surroundings {
  readonly driver: Driver;
  readonly world: World;
  readonly timeline: Timeline;
  readonly wall: WallClock;
  readonly clockSetter: ClockSetter;
  readonly random: Random;
  readonly weather: Weather;
  readonly coverage: Coverage;
  /** Called whenever something landed in the world. */
  readonly landed: () => void;
}
