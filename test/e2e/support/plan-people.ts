import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchView, WaitingFor } from '@slipway/contract';
import type { RealServer } from './real-server.ts';

/** What people do where a launch waits for them, by the id of the step; of other steps: GO, and a proof. */
export interface Habits {
  /** Who votes for a role, and does its tasks. */
  readonly roles: Readonly<Record<string, string>>;
  readonly refuse?: readonly string[];
  /** What is typed where a step asks for a phrase. */
  readonly phrases?: Readonly<Record<string, string>>;
}

const PROOF = 'https://wiki.shop.example/proof';
/** Milliseconds; several times what an example takes. */
const PATIENCE = 100_000;

/** People with a token each, who act for their roles on a server. */
export class PlanPeople {
  readonly #server: RealServer;
  readonly #habits: Habits;
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #done = new Set<string>();

  constructor(server: RealServer, habits: Habits) {
    this.#server = server;
    this.#habits = habits;
  }

  /** They act until the launch has ended, or is held. */
  async play(id: string): Promise<LaunchView> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const view = await this.#server.api<LaunchView>('GET', `/launches/${id}`);
      if (view.endedAt !== null || view.state === 'held') return view;
      if (Date.now() > deadline)
        throw new Error(`${id} did not end: ${view.headline} ${JSON.stringify(view.waitingFor)}`);
      for (const waiting of view.waitingFor) await this.#act(view, waiting);
      await pass(100);
    }
  }

  async #act(view: LaunchView, { step, who, basis }: WaitingFor): Promise<void> {
    const found = view.phases.flatMap(({ steps }) => steps).find(({ id }) => id === step);
    const key = `${step} ${who} ${basis?.seq ?? ''}`;
    if (step === null || found === undefined || this.#done.has(key)) return;
    this.#done.add(key);
    const phrase = this.#habits.phrases?.[step];
    if (basis !== null) {
      const vote = this.#habits.refuse?.includes(step) === true ? 'no-go' : 'go';
      await this.#say(view, who, { type: 'vote', step, vote, reason: 'seen', basis: basis.seq });
    } else if (found.kind === 'task') await this.#say(view, who, { type: 'complete-task', step, proof: PROOF });
    else if (phrase !== undefined)
      await this.#server.api('POST', `/launches/${view.id}/commands`, { type: 'confirm', step, phrase });
  }

  async #say({ id }: LaunchView, role: string, command: object): Promise<void> {
    const person = this.#habits.roles[role];
    if (person === undefined) throw new Error(`nobody speaks for ${role}`);
    const response = await fetch(`${this.#server.url}/api/v1/launches/${id}/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await this.#tokenOf(person)}`, 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    // What stood there may have changed since it was shown: then it is shown again.
    if (!response.ok && response.status !== 409)
      throw new Error(`${person}: ${response.status} ${await response.text()}`);
  }

  #tokenOf(person: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known !== undefined) return known;
    const token = this.#server
      .api<{ readonly token: string }>('POST', '/tokens', { person, role: 'member' })
      .then((created) => created.token);
    this.#tokens.set(person, token);
    return token;
  }
}
