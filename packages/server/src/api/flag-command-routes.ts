import { randomBytes } from 'node:crypto';
import {
  type AccessRole,
  apiError,
  flagApplied,
  flagApplyRequest,
  flagCommand,
  type FlagCommandWire,
  flagDone,
  type FlagDone,
  flagKey,
  flagKilled,
  type FlagKilled,
  flagKillRequest,
  flagPolicy,
  languageHeaders,
} from '@slipway/contract';
import type { FlagActor, FlagCommand } from '@slipway/flags';
import { checkChannels } from '../flags/announce/check-channels.ts';
import { applyFlags } from '../flags/manage/apply-flags.ts';
import { flagOrders } from '../flags/manage/flag-order.ts';
import { flagRefusal } from '../flags/manage/refuse-flags.ts';
import { flagSentence } from '../view/flags/flag-sentence.ts';
import type { Words } from '../view/words/words.ts';
import type { App } from './app.ts';
import { deliveryOf, FILES_LIMIT, flagWords, servedFlag, servedSet, setParams } from './flag-routes.ts';
import type { FlagServices } from './flag-services.ts';
import { Refusal } from './refusal.ts';

const KILL: AccessRole = 'member';
const CHANGE: AccessRole = 'operator';

/** How flags are changed. */
export function flagCommandRoutes(app: App, services: FlagServices): void {
  changeRoutes(app, services);
  killRoutes(app, services);
  policyRoute(app, services);
}

function changeRoutes(app: App, services: FlagServices): void {
  app.post(
    '/api/v1/flags/:set/apply',
    {
      config: { access: CHANGE },
      bodyLimit: FILES_LIMIT,
      schema: {
        summary:
          'Makes a set have exactly what files define: the flags and segments of each file, and no others of the same file',
        params: setParams,
        body: flagApplyRequest,
        response: { 200: flagApplied, '4xx': apiError },
      },
    },
    async (request) =>
      applyFlags(request.params.set, request.body, {
        flags: services.flags,
        now: services.clock.now(),
        actor: person(request.caller.person),
        newId,
      }),
  );

  app.post(
    '/api/v1/flags/:set/commands',
    {
      config: { access: CHANGE },
      schema: {
        summary: 'A person changes a flag set, or proposes it where the policy asks for approval',
        params: setParams,
        body: flagCommand,
        response: { 200: flagDone, '4xx': apiError },
      },
    },
    async (request) => command(services, request.params.set, { asked: request.body, by: request.caller.person }),
  );
}

async function command(
  services: FlagServices,
  set: string,
  { asked, by }: { readonly asked: FlagCommandWire; readonly by: string },
): Promise<FlagDone> {
  const { state } = servedSet(services, set);
  const orders = flagOrders(asked, { state, now: services.clock.now(), id: newId() });
  let done: FlagDone = { set, version: state.version, events: 0, proposed: [] };
  for (const order of orders) {
    const next = await execute(services, set, { command: order, actor: person(by) });
    done = { ...next, events: done.events + next.events, proposed: [...done.proposed, ...next.proposed] };
  }
  // What was proposed may lift a kill.
  if (asked.type === 'approve') await services.killAnnouncer.announce(set, done.version, done.events);
  return done;
}

function killRoutes(app: App, services: FlagServices): void {
  const params = setParams.extend({ flag: flagKey });
  const schema = {
    headers: languageHeaders,
    params,
    body: flagKillRequest,
    response: { 200: flagKilled, '4xx': apiError },
  };

  app.post(
    '/api/v1/flags/:set/flags/:flag/kill',
    {
      config: { access: KILL, wayBack: true },
      schema: { summary: 'Serves the off variant to everybody, at once; asks for no approval', ...schema },
    },
    async (request) => {
      const { set, flag } = request.params;
      servedFlag(servedSet(services, set), flag);
      const asked: FlagCommand = { type: 'kill', flag, reason: request.body.reason, launch: null };
      return kill(services, set, {
        flag,
        command: asked,
        actor: person(request.caller.person),
        words: flagWords(request.headers),
      });
    },
  );

  app.post(
    '/api/v1/flags/:set/flags/:flag/unkill',
    {
      config: { access: CHANGE },
      schema: { summary: 'Lifts a kill, or proposes it where the policy asks for approval', ...schema },
    },
    async (request) => {
      const { set, flag } = request.params;
      servedFlag(servedSet(services, set), flag);
      const { reason } = request.body;
      const asked: FlagCommand = { type: 'change', id: newId(), change: { kind: 'unkill', flag, reason }, reason };
      return kill(services, set, {
        flag,
        command: asked,
        actor: person(request.caller.person),
        words: flagWords(request.headers),
      });
    },
  );
}

interface Ordered {
  readonly command: FlagCommand;
  readonly actor: FlagActor;
}

/** In force first, told afterwards: nothing that the telling meets can undo or delay the kill. */
async function kill(
  services: FlagServices,
  set: string,
  { flag, words, ...ordered }: Ordered & { readonly flag: string; readonly words: Words['flags'] },
): Promise<FlagKilled> {
  const done = await execute(services, set, ordered).catch((error: unknown) => {
    throw isPending(services, set, flag) ? notRecorded(flag) : error;
  });
  const at = services.clock.now();
  const { launch: announced, problem } = await services.killAnnouncer.announce(set, done.version, done.events);
  const delivery = deliveryOf(services, set);
  const sentence = flagSentence(servedFlag(servedSet(services, set), flag), words);
  return { ...done, flag, sentence, at, delivery, announced, problem };
}

function isPending({ flags }: FlagServices, set: string, flag: string): boolean {
  return flags.pendingKills().some((kill) => kill.set === set && kill.flag === flag);
}

function notRecorded(flag: string): Refusal {
  return new Refusal(503, {
    code: 'unavailable',
    message: `${flag} is killed on this server, but the data are out of reach: it is recorded and told as soon as they are back; until then other servers may still serve it`,
  });
}

function policyRoute(app: App, services: FlagServices): void {
  app.put(
    '/api/v1/flags/:set/policy',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Who must approve changes of a set, and whom its kills are told',
        params: setParams,
        body: flagPolicy,
        response: { 200: flagDone, '4xx': apiError },
      },
    },
    async (request) => {
      const { set } = request.params;
      const policy = request.body;
      servedSet(services, set);
      checkChannels(services.language, policy);
      return execute(services, set, {
        command: { type: 'set-policy', policy },
        actor: person(request.caller.person),
      });
    },
  );
}

async function execute({ flags }: FlagServices, set: string, { command: given, actor }: Ordered): Promise<FlagDone> {
  const executed = await flags.execute({ set, command: given, actor });
  if (!executed.ok) throw flagRefusal(executed.rejection);
  const { version, events, proposed } = executed;
  return { set, version, events, proposed: proposed === null ? [] : [proposed] };
}

function person(id: string): FlagActor {
  return { kind: 'person', id };
}

/** Short enough to be typed. */
function newId(): string {
  return randomBytes(4).toString('hex');
}
