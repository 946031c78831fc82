import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchCommand, LaunchView } from '@slipway/contract';
import type { RealServer } from './real-server.ts';

/** What a person says who is asked: their own word, or nothing yet. */
export interface Answers {
  /** The phrase of a confirmation, by the step. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** Steps that get a NO-GO. */
  readonly noGo?: readonly string[];
  /** Told of every look at the launch. */
  readonly seen?: (view: LaunchView) => void;
}

/** People with tokens of their own, by the roles that they hold. */
export class People {
  readonly #server: RealServer;
  readonly #tokens = new Map<string, string>();

  private constructor(server: RealServer) {
    this.#server = server;
  }

  /** `roles`: role to one person. */
  static async withTokens(server: RealServer, roles: Readonly<Record<string, string>>): Promise<People> {
    const people = new People(server);
    for (const [role, person] of Object.entries(roles)) {
      const { token } = await server.api<{ readonly token: string }>('POST', '/tokens', { person, role: 'member' });
      people.#tokens.set(role, token);
    }
    return people;
  }

  /** They do what the launch asks of them, until it has ended, or is held. */
  async accompany(id: string, answers: Answers = {}): Promise<LaunchView> {
    for (;;) {
      const view = await this.#server.api<LaunchView>('GET', `/launches/${id}`);
      answers.seen?.(view);
      if (view.endedAt !== null || view.state === 'held') return view;
      for (const waiting of view.waitingFor) await this.#act(view, waiting, answers);
      await pass(200);
    }
  }

  /** Whoever is refused comes too late: the next look says so. */
  async #act(view: LaunchView, waiting: LaunchView['waitingFor'][number], answers: Answers): Promise<void> {
    const { step, who, how, basis } = waiting;
    if (step === null) return;
    const command = commandFor(how, { step, seq: basis?.seq ?? 0, answers });
    if (command === null) return;
    const path = `/launches/${view.id}/commands`;
    const token = this.#tokens.get(who);
    if (token === undefined) await this.#server.api('POST', path, command).catch(() => null);
    else await this.#post(path, command, token);
  }

  async #post(path: string, command: LaunchCommand, token: string): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify(command);
    await (await fetch(`${this.#server.url}/api/v1${path}`, { method: 'POST', headers, body })).text();
  }
}

interface Asked {
  readonly step: string;
  readonly seq: number;
  readonly answers: Answers;
}

function commandFor(how: string, { step, seq, answers }: Asked): LaunchCommand | null {
  const isNoGo = answers.noGo?.includes(step) ?? false;
  if (how.startsWith('slipway approve'))
    return { type: 'vote', step, vote: isNoGo ? 'no-go' : 'go', reason: 'seen', basis: seq };
  if (how.startsWith('slipway confirm')) return { type: 'confirm', step, phrase: answers.phrases?.[step] ?? '' };
  if (how.startsWith('slipway task done'))
    return { type: 'complete-task', step, proof: 'https://wiki.shop.example/proof' };
  return null;
}
