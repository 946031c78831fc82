import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchCommand, LaunchView, WaitingFor } from '@slipway/contract';
import type { RealServer } from './real-server.ts';

/** What people say who are asked, by the id of the step; of other steps: GO, and a proof. */
export interface Answers {
  /** What is typed where a step asks for a phrase. Without one nobody confirms. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** Steps that get a NO-GO. */
  readonly noGo?: readonly string[];
  /** What proves that a task is done. Default: the URL of a page of the team's. */
  readonly proof?: string;
  /** Told of every look at the launch. */
  readonly seen?: (view: LaunchView) => void;
}

const PROOF = 'https://wiki.shop.example/proof';
/** Milliseconds; several times what an example takes. */
const PATIENCE = 150_000;
const PAUSE = 50;

/** People with tokens of their own, by the roles that they hold. Whatever no role is asked for is said with the server's own token. */
export class People {
  readonly #server: RealServer;
  readonly #tokens: ReadonlyMap<string, string>;

  private constructor(server: RealServer, tokens: ReadonlyMap<string, string>) {
    this.#server = server;
    this.#tokens = tokens;
  }

  /** `roles`: role to one person. */
  static async withTokens(server: RealServer, roles: Readonly<Record<string, string>>): Promise<People> {
    const tokens = new Map<string, string>();
    for (const [role, person] of Object.entries(roles)) {
      const { token } = await server.api<{ readonly token: string }>('POST', '/tokens', { person, role: 'member' });
      tokens.set(role, token);
    }
    return new People(server, tokens);
  }

  /** They do what the launch asks of them, until it has ended, or is held. */
  async accompany(id: string, answers: Answers = {}): Promise<LaunchView> {
    const deadline = Date.now() + PATIENCE;
    const said = new Set<string>();
    for (;;) {
      const view = await this.#server.api<LaunchView>('GET', `/launches/${id}`);
      answers.seen?.(view);
      if (view.endedAt !== null || view.state === 'held') return view;
      if (Date.now() > deadline)
        throw new Error(`${id} did not end: ${view.headline} ${JSON.stringify(view.waitingFor)}`);
      for (const waiting of view.waitingFor) await this.#answer(view, { waiting, answers, said });
      await pass(PAUSE);
    }
  }

  /** Once to each question: what was taken is still shown until the next look. */
  async #answer({ id }: LaunchView, { waiting, answers, said }: Question): Promise<void> {
    const { step, who, basis } = waiting;
    const key = `${step} ${who} ${basis?.seq ?? ''}`;
    const command = said.has(key) ? null : commandFor(waiting, answers);
    if (command === null) return;
    const status = await this.#post(`/launches/${id}/commands`, command, this.#tokens.get(who));
    // What stood there has changed since it was shown: then it is shown again.
    if (status !== 409) said.add(key);
  }

  /** The status: 200, or 409 for who comes too late. Throws on any other. */
  async #post(path: string, command: LaunchCommand, token = this.#server.token): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify(command);
    const response = await fetch(`${this.#server.url}/api/v1${path}`, { method: 'POST', headers, body });
    const text = await response.text();
    if (!response.ok && response.status !== 409) throw new Error(`${command.type}: ${response.status} ${text}`);
    return response.status;
  }
}

interface Question {
  readonly waiting: WaitingFor;
  readonly answers: Answers;
  readonly said: Set<string>;
}

function commandFor({ step, how, basis }: WaitingFor, answers: Answers): LaunchCommand | null {
  if (step === null) return null;
  if (how.startsWith('slipway approve')) {
    const vote = answers.noGo?.includes(step) === true ? 'no-go' : 'go';
    return { type: 'vote', step, vote, reason: 'seen', basis: basis?.seq ?? 0 };
  }
  if (how.startsWith('slipway task done')) return { type: 'complete-task', step, proof: answers.proof ?? PROOF };
  const phrase = answers.phrases?.[step];
  return how.startsWith('slipway confirm') && phrase !== undefined ? { type: 'confirm', step, phrase } : null;
}
