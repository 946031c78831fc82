import { type Effect, findEffect, type Launch, type Outcome, pending, SLIPWAY } from '@slipway/core';
import { reasonOf, type Redactor } from '@slipway/provider-kit';
import type { Done, Handlers } from '../handlers/handler.ts';
import type { Executed, Launches } from '../launches/launches.ts';
import { workFor } from '../launches/work-of.ts';
import type { Hub } from '../live/hub.ts';
import type { Clock } from '../ports/clock.ts';
import type { Work } from '../ports/work-queue.ts';
import { effectContext } from './effect-context.ts';
import { bind, type Bound } from './handle-with.ts';
import { insist } from './insist.ts';
import { outcomeOf, type StopReason } from './outcome-of.ts';
import { redactedOutcome } from './redacted.ts';
import { Running } from './running.ts';

interface Ports {
  readonly launches: Launches;
  readonly handlers: Handlers;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly onError: (error: unknown, what: string) => void;
}

/** Takes work from the queue: begins effects, runs them, settles them; finds out about those that died in the middle. */
export class Worker {
  readonly #ports: Ports;
  readonly #running: Running;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#running = new Running(ports.clock);
    ports.launches.onChange((launch) => this.#stopUnwanted(launch));
  }

  /** `lost`: see WorkQueue. What is done after it was aborted is stopped, and nothing of it is recorded. */
  async handle(work: Work, lost: AbortSignal): Promise<void> {
    const { launch, effect } = work;
    if (effect === null) {
      await this.#ports.launches.execute({
        launch,
        command: { type: 'tick' },
        actor: SLIPWAY,
        complete: [work.id],
      });
      return;
    }
    await this.#handleEffect({ work, id: effect, lost });
  }

  async #handleEffect(delivered: Delivered): Promise<void> {
    const { launches } = this.#ports;
    const { work, id } = delivered;
    const known = launches.known(work.launch);
    // What is known may be behind. Beginning is checked against the log; whatever else there is to do rests on what is read there.
    if (known?.effects[id]?.is !== 'started' && (await this.#begin(delivered, false)) !== 'refused') return;
    const launch = await launches.find(work.launch);
    const effect = launch === null ? null : findEffect(launch, id);
    if (launch?.effects[id]?.is === 'started' && effect !== null) return await this.#recover(delivered, effect);
    if ((await this.#begin(delivered, false)) === 'refused') await this.#forget(work);
  }

  /** Executive work that can still end within the grace time is let end; the rest stays started and is found again. */
  async drain(grace: number): Promise<void> {
    await this.#running.drain(grace);
  }

  async #begin(delivered: Delivered, again: boolean): Promise<'refused' | 'over'> {
    if (!this.#mayBegin(delivered)) return 'over';
    const begun = await this.#running.expect(this.#start(delivered, again));
    if (begun === null) return 'refused';
    await this.#seeThrough(begun);
    return 'over';
  }

  #mayBegin({ lost }: Delivered): boolean {
    return !this.#running.draining && !lost.aborted;
  }

  /** null: it is not wanted any more, or not as it stands. Its outcome comes in its own time. */
  async #start(delivered: Delivered, again: boolean): Promise<Begun | null> {
    const { work, id } = delivered;
    const command = { type: 'begin-effect', effect: id, again } as const;
    const begun = await this.#ports.launches.execute({ launch: work.launch, command, actor: SLIPWAY });
    return begun.ok ? this.#run(begun.launch, delivered) : null;
  }

  /** What the log says has begun. */
  #run(launch: Launch, delivered: Delivered): Begun | null {
    const effect = findEffect(launch, delivered.id);
    if (effect === null) return null;
    const made = { ...delivered, effect, attempt: attemptOf(launch, effect) };
    return { ...made, outcome: this.#attempt(launch, made) };
  }

  /** To the end of the effect, and then of each that the launch wants next and its delivery goes on with. */
  async #seeThrough(begun: Begun | null): Promise<void> {
    for (let at = begun; at !== null;) {
      const outcome = await at.outcome;
      at = outcome === null ? null : await this.#settle(at, outcome);
    }
  }

  /** Not wanted any more: the queue may drop it. */
  async #forget(work: Work): Promise<void> {
    await this.#ports.launches.execute({
      launch: work.launch,
      command: { type: 'tick' },
      actor: SLIPWAY,
      complete: [work.id],
    });
  }

  /** Started, outcome unknown: verify; run again only what is known not to have happened or harmless to repeat. */
  async #recover(delivered: Delivered, effect: Effect): Promise<void> {
    const launch = await this.#ports.launches.find(delivered.work.launch);
    if (launch === null) return;
    const made = { ...delivered, effect, attempt: attemptOf(launch, effect) };
    const found = effect.class === 'read-only' ? 'repeatable' : await this.#findOutFor(launch, made);
    if (found === null) return;
    if (found !== 'not-done' && found !== 'repeatable') return await this.#seeThrough(await this.#settle(made, found));
    if (this.#isWanted(launch, effect)) {
      if ((await this.#begin(delivered, true)) === 'refused') await this.#forget(delivered.work);
      return;
    }
    // The launch wants it no more: it is not begun again, and settled as it stands.
    const outcome: Outcome = found === 'not-done' ? { result: 'cancelled' } : outcomeOf(null, effect, 'unwanted');
    await this.#seeThrough(await this.#settle(made, outcome));
  }

  #isWanted(launch: Launch, effect: Effect): boolean {
    return pending(launch, this.#ports.clock.now()).effects.some((candidate) => candidate.id === effect.id);
  }

  #findOutFor(launch: Launch, made: Made): Promise<Found> {
    return this.#findOut(launch, made, {
      handler: bind(this.#ports.handlers, made.effect.work),
      why: 'its worker died in the middle',
    });
  }

  async #findOut(
    launch: Launch,
    { effect, attempt, lost }: Made,
    { handler, why }: { readonly handler: Bound; readonly why: string },
  ): Promise<Found> {
    const timeout = Math.max(VERIFY_TIMEOUT, effect.timeout ?? 0);
    const stop = this.#running.start({ launch: launch.id, effect, timeout, lost });
    try {
      stop.signal.throwIfAborted();
      const context = effectContext(this.#ports, { launch, effect, attempt }, stop);
      const answer = await stop.orAborted(handler.verify(context));
      if (stop.reason() === 'lost') return null;
      switch (answer.done) {
        case 'yes':
          return { result: 'done', evidence: answer.evidence, data: { kind: 'none' } };
        case 'no':
          return 'not-done';
        case 'unknown':
          return handler.idempotent() ? 'repeatable' : { result: 'unknown', reason: `${why}; ${answer.reason}` };
      }
    } catch (error) {
      if (isLeft(stop.reason())) return null;
      // Not even where repeating is harmless: what could not be asked after may still be running.
      return { result: 'unknown', reason: `${why}; ${reasonOf(error)}` };
    } finally {
      stop.end();
    }
  }

  /** null: the server is shutting down, or another one has the effect; it stays started. */
  async #attempt(launch: Launch, made: Made): Promise<Outcome | null> {
    const { effect, attempt, lost } = made;
    const stop = this.#running.start({ launch: launch.id, effect, timeout: effect.timeout, lost });
    const handler = bind(this.#ports.handlers, effect.work);
    try {
      stop.signal.throwIfAborted();
      const result: Done = await stop.orAborted(
        handler.run(effectContext(this.#ports, { launch, effect, attempt }, stop)),
      );
      return stop.reason() === 'lost' ? null : { result: 'done', ...result };
    } catch (error) {
      const stopped = stop.reason();
      if (isLeft(stopped)) return null;
      const outcome = outcomeOf(error, effect, stopped);
      return outcome.result === 'unknown' ? await this.#clarify(launch, made, { handler, outcome }) : outcome;
    } finally {
      stop.end();
      this.#ports.hub.say(launch.id, effect, null);
      if (stop.reason() === 'lost') this.#ports.hub.lose(launch.id, effect);
    }
  }

  /** Before a person is asked, the provider is. */
  async #clarify(
    launch: Launch,
    made: Made,
    doubt: { readonly handler: Bound; readonly outcome: Extract<Outcome, { result: 'unknown' }> },
  ): Promise<Outcome | null> {
    const found = await this.#findOut(launch, made, { handler: doubt.handler, why: doubt.outcome.reason });
    if (found !== 'not-done' && found !== 'repeatable') return found;
    return { result: 'failed', reason: doubt.outcome.reason, retryable: true, retryAfter: null, evidence: null };
  }

  /** Fenced on the attempt that was made: a worker that stalled must not settle its successor's. Gives what it goes on with. */
  async #settle(made: Made, outcome: Outcome): Promise<Begun | null> {
    const { launches, hub, clock, onError, redactor } = this.#ports;
    const { work, effect, attempt } = made;
    const clean = redactedOutcome(redactor, outcome);
    const command = { type: 'settle-effect', effect: effect.id, attempt, outcome: clean } as const;
    const settle = () => {
      const settling = this.#mayBegin(made) ? { goOn: work } : { complete: [work.id] };
      return launches.execute({ launch: work.launch, command, actor: SLIPWAY, ...settling });
    };
    let failure: unknown = null;
    const settling = insist(settle, {
      clock,
      isDraining: () => this.#running.draining,
      onError: (error) => {
        failure = error;
        onError(error, 'an outcome is not recorded yet; it is tried again');
        hub.say(work.launch, effect, UNRECORDED);
      },
    });
    const next = settling.then((settled) => {
      // It may have been stored all the same, and the next effect with it: whoever is given the work again finds out.
      if (!settled.ok && failure !== null) throw failure;
      return this.#goOn(made, settled);
    });
    return await this.#running.expect(next);
  }

  /** In the log the next one has begun: from here on it is this one's to see through. */
  #goOn({ lost }: Made, settled: Executed): Begun | null {
    if (!settled.ok || settled.next === null) return null;
    const { launch, next } = settled;
    return this.#run(launch, { work: workFor(launch, next), id: next, lost });
  }

  #stopUnwanted(launch: Launch): void {
    const wanted = new Set(pending(launch, this.#ports.clock.now()).effects.map((effect) => effect.id));
    this.#running.stopUnwanted(launch.id, wanted);
  }
}

/** An effect in the hands of this process. */
interface Delivered {
  readonly work: Work;
  /** Of the effect. */
  readonly id: string;
  /** See WorkQueue. */
  readonly lost: AbortSignal;
}

interface Made extends Delivered {
  readonly effect: Effect;
  readonly attempt: number;
}

interface Begun extends Made {
  /** null: it was left. */
  readonly outcome: Promise<Outcome | null>;
}

/** What is known of an effect that was begun: how it ended, that it did not happen, or that repeating it is harmless. null: it is left as it is. */
type Found = Outcome | 'not-done' | 'repeatable' | null;

/** At least; what takes longer may take as long to be asked after. */
const VERIFY_TIMEOUT = 30_000;
const UNRECORDED = 'it has ended, and its outcome cannot be recorded yet: the data cannot be written';
/** Left started, for whoever has it or takes it up next. */
function isLeft(reason: StopReason | null): boolean {
  return reason === 'shutdown' || reason === 'lost';
}

function attemptOf(launch: Launch, effect: Effect): number {
  return launch.effects[effect.id]?.attempt ?? 1;
}
