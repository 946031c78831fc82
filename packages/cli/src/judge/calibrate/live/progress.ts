import type { Session } from '../../../session.ts';
import { count, percent, span } from '../../../terminal/numbers.ts';
import type { News } from './gather-shards.ts';
import type { Sum } from './shard-series.ts';

/** Seconds between two lines where no terminal shows them as they go. */
const EVERY = 60;
/** Of instances that come and go without end, so many are named. */
const MOST_NEWS = 50;
const CLEAR = '\r\u001B[2K';

/** Shows how far the gathering is, beside the result. */
export class Progress {
  readonly #session: Session;
  readonly #length: number;
  readonly #isLive: boolean;
  #shown = 0;
  #news = 0;

  /** `length` in milliseconds. */
  constructor(session: Session, length: number) {
    this.#session = session;
    this.#length = length;
    this.#isLive = session.context.errors.isTTY === true;
  }

  show(sum: Sum): void {
    const line = this.#line(sum);
    if (this.#isLive) this.#session.context.errors.write(`${CLEAR}${this.#session.pen().clean(line)}`);
    else if (sum.seconds >= this.#shown + EVERY) this.#session.note(line);
    else return;
    this.#shown = sum.seconds;
  }

  tell(news: News): void {
    this.#news += 1;
    if (this.#news > MOST_NEWS) return;
    this.end();
    this.#session.note(this.#wordsOf(news));
  }

  end(): void {
    if (this.#isLive) this.#session.context.errors.write(CLEAR);
  }

  #line({ seconds, shards, units, bad }: Sum): string {
    const { m } = this.#session;
    const share = units === 0 ? null : percent(bad / units, m.language);
    const figures = { shards, units: count(units, m.language), bad: count(bad, m.language), share };
    return m.judge.live.progress({ at: span(seconds * 1000), of: span(this.#length), ...figures });
  }

  #wordsOf(news: News): string {
    const { live } = this.#session.m.judge;
    switch (news.kind) {
      case 'came':
      case 'gone':
      case 'began-again':
        return live.shard[news.kind](news.shard);
      case 'restarted':
      case 'too-many':
      case 'heard':
        return live.news[news.kind];
      case 'silent':
      case 'ended':
        return live.stopped[news.kind](news.reason);
      case 'other-version':
        return live.otherVersion(news.version);
    }
  }
}
