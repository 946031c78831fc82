import {
  evaluationKey,
  type EvaluationKey,
  evaluationKeyCreated,
  type EvaluationKeyCreated,
  type EvaluationKeyRequest,
  flagApplied,
  type FlagApplied,
  type FlagApplyAsked,
  type FlagCommandAsked,
  flagDone,
  type FlagDone,
  flagEvaluated,
  type FlagEvaluated,
  type FlagEvaluateRequest,
  type FlagFiles,
  flagFilesReport,
  type FlagFilesReport,
  flagHistory,
  type FlagHistory,
  flagKilled,
  type FlagKilled,
  type FlagPolicyWire,
  flagSetList,
  type FlagSetList,
  flagSetStatus,
  type FlagSetStatus,
  flagSetView,
  type FlagSetView,
  flagView,
  type FlagView,
  staleFlagList,
  type StaleFlagList,
} from '@slipway/contract';
import { z } from 'zod';
import type { Call } from './request.ts';

export interface Ask {
  /** Sends a call and reads the answer. Throws Failure. */
  read<T>(call: Call, schema: z.ZodType<T>): Promise<T>;
  /** Sends a call whose answer is empty. Throws Failure. */
  send(call: Call): Promise<unknown>;
}

export interface HistoryQuery {
  readonly flag: string;
  readonly before: number | null;
  readonly limit: number | null;
}

/** The part of the server's API that is about flags, one method a route. Every method throws Failure. */
export class FlagsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Sets that have a flag; '': all sets. */
  sets(flag = ''): Promise<FlagSetList> {
    return this.#get(flag === '' ? ROOT : `${ROOT}?flag=${encodeURIComponent(flag)}`, flagSetList);
  }

  set(set: string): Promise<FlagSetView> {
    return this.#get(pathOf(set), flagSetView);
  }

  flag(set: string, flag: string): Promise<FlagView> {
    return this.#get(pathOf(set, 'flags', flag), flagView);
  }

  history(set: string, { flag, before, limit }: HistoryQuery): Promise<FlagHistory> {
    const query = new URLSearchParams({
      ...(flag === '' ? {} : { flag }),
      ...(before === null ? {} : { before: String(before) }),
      ...(limit === null ? {} : { limit: String(limit) }),
    });
    return this.#get(`${pathOf(set, 'history')}?${query.toString()}`, flagHistory);
  }

  stale(set: string): Promise<StaleFlagList> {
    return this.#get(pathOf(set, 'stale'), staleFlagList);
  }

  status(set: string): Promise<FlagSetStatus> {
    return this.#get(pathOf(set, 'status'), flagSetStatus);
  }

  evaluate(set: string, body: FlagEvaluateRequest): Promise<FlagEvaluated> {
    return this.#post(pathOf(set, 'evaluate'), body, flagEvaluated);
  }

  validate(body: FlagFiles): Promise<FlagFilesReport> {
    return this.#post(`${ROOT}/validate`, body, flagFilesReport);
  }

  apply(set: string, body: FlagApplyAsked): Promise<FlagApplied> {
    return this.#post(pathOf(set, 'apply'), body, flagApplied);
  }

  command(set: string, body: FlagCommandAsked): Promise<FlagDone> {
    return this.#post(pathOf(set, 'commands'), body, flagDone);
  }

  kill(set: string, flag: string, reason: string): Promise<FlagKilled> {
    return this.#post(pathOf(set, 'flags', flag, 'kill'), { reason }, flagKilled);
  }

  unkill(set: string, flag: string, reason: string): Promise<FlagKilled> {
    return this.#post(pathOf(set, 'flags', flag, 'unkill'), { reason }, flagKilled);
  }

  setPolicy(set: string, body: FlagPolicyWire): Promise<FlagDone> {
    return this.#ask.read({ method: 'PUT', path: pathOf(set, 'policy'), body }, flagDone);
  }

  keys(set: string): Promise<EvaluationKey[]> {
    return this.#get(pathOf(set, 'keys'), z.array(evaluationKey));
  }

  createKey(set: string, body: EvaluationKeyRequest): Promise<EvaluationKeyCreated> {
    return this.#post(pathOf(set, 'keys'), body, evaluationKeyCreated);
  }

  async revokeKey(set: string, id: string): Promise<void> {
    await this.#ask.send({ method: 'DELETE', path: pathOf(set, 'keys', id) });
  }

  #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#ask.read({ method: 'GET', path }, schema);
  }

  #post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return this.#ask.read({ method: 'POST', path, body }, schema);
  }
}

const ROOT = '/api/v1/flags';

function pathOf(...parts: readonly string[]): string {
  return [ROOT, ...parts.map(encodeURIComponent)].join('/');
}
