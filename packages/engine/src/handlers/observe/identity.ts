import type { Evidence, ObserveWork } from '@slipway/core';
import { type IdentityStanding, identitySentences } from '@slipway/judge';
import type { Identity as Asking } from '@slipway/plan';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import type { Answered } from './ask-instance.ts';
import { askInstances } from './ask-instances.ts';

/** Running time between two questions of which the answers are known, in milliseconds. */
const EVERY = 30_000;

const UNANSWERED: Answered = { found: { is: 'unknown', why: { reason: 'asking' } }, detail: '' };

/**
 * Asks the instances of the new version which version they are, beside the looks: a slow instance must not keep anybody from seeing that
 * the new version fails. Whatever is not confirmed is asked again at the next look.
 */
export class Identity {
  readonly #access: ProviderAccess;
  readonly #work: ObserveWork;
  readonly #context: EffectContext;
  readonly #identity: Asking;
  readonly #stop = new AbortController();
  #last: Answered = UNANSWERED;
  #isAsking = false;
  #asked = 0;
  /** Running time at which they were asked last. */
  #askedAt = 0;
  /** How often in a row nobody knew. */
  #unknown = 0;

  /** null: the plan does not say how an instance tells its version, or what is watched is a flag, which changes none. */
  static of(access: ProviderAccess, work: ObserveWork, context: EffectContext): Identity | null {
    if (work.flag !== undefined) return null;
    const identity = context.launch.plan.environments[work.environment]?.identity;
    return identity === undefined ? null : new Identity({ access, identity }, work, context);
  }

  private constructor(
    { access, identity }: { readonly access: ProviderAccess; readonly identity: Asking },
    work: ObserveWork,
    context: EffectContext,
  ) {
    this.#access = access;
    this.#identity = identity;
    this.#work = work;
    this.#context = { ...context, signal: AbortSignal.any([context.signal, this.#stop.signal]) };
  }

  /** What is known at this look. Asks again where it is time to; the answers are for the next looks. */
  look(): IdentityStanding {
    const standing = { found: this.#last.found, isOpen: this.#isAsking || this.#isDoubtedOnce };
    if (this.#isDue) this.#ask();
    return standing;
  }

  /** One lost answer is no reason to ask a person. */
  get #isDoubtedOnce(): boolean {
    return this.#last.found.is === 'unknown' && this.#unknown < 2;
  }

  get #isDue(): boolean {
    if (this.#isAsking) return false;
    const since = this.#access.machine.clock.running() - this.#askedAt;
    return this.#last.found.is !== 'confirmed' || since >= EVERY;
  }

  #ask(): void {
    this.#isAsking = true;
    this.#askedAt = this.#access.machine.clock.running();
    const asked = { work: this.#work, identity: this.#identity, before: this.#asked };
    this.#asked += 1;
    askInstances(this.#access, asked, this.#context).then(
      (answered) => this.#take(answered),
      // It was stopped: nobody looks any more.
      () => {},
    );
  }

  #take(answered: Answered): void {
    this.#last = answered;
    this.#isAsking = false;
    this.#unknown = answered.found.is === 'unknown' ? this.#unknown + 1 : 0;
  }

  /** What is being asked is broken off. */
  stop(): void {
    this.#stop.abort();
  }

  /** Whether an instance says that it is another version. */
  get isOther(): boolean {
    return this.#last.found.is === 'other';
  }

  /** For the record: what the instances said last. */
  get evidence(): Evidence['items'] {
    const { newVersion } = this.#work;
    const { found, detail } = this.#last;
    const asked = `whether the instances answer as ${newVersion}`;
    if (found.is === 'confirmed') {
      const counted = `${found.instances} ${found.instances === 1 ? 'instance does' : 'instances do'}`;
      return [{ asked, found: counted, expected: 'yes', verdict: 'pass' }];
    }
    const said = identitySentences(found, newVersion).en;
    const verdict = found.is === 'other' ? 'fail' : 'unknown';
    return [{ asked, found: detail === '' ? said : `${said} (${detail})`, expected: 'yes', verdict }];
  }
}
