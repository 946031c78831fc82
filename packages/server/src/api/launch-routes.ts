import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import {
  type AccessRole,
  apiError,
  languageHeaders,
  type Language,
  type LaunchCommand,
  launchCommand,
  launchList,
  launchView,
  startRequest,
} from '@slipway/contract';
import type { Actor, Launch, Rejection } from '@slipway/core';
import { z } from 'zod';
import { may } from '../auth/access.ts';
import { policyOf } from '../plans/policy.ts';
import { readPlan } from '../plans/read-plan.ts';
import { launchView as viewOf } from '../view/launch-view.ts';
import type { App } from './app.ts';
import { FILES_LIMIT } from './files-limit.ts';
import { acceptedLanguage } from './language.ts';
import { commandOf } from './command-of.ts';
import { listLaunches } from './launch-list.ts';
import { notFound, Refusal, refusalOf } from './refusal.ts';
import type { Services } from './services.ts';
import { skipUntil } from './waiver-end.ts';

const launchParams = z.strictObject({ id: z.string().min(1).max(200) });

export function launchRoutes(app: App, services: Services): void {
  const { engine } = services;

  app.get(
    '/api/v1/launches',
    {
      schema: {
        summary: 'Launches, newest first',
        headers: languageHeaders,
        response: { 200: launchList },
      },
    },
    async (request) => listLaunches(services, acceptedLanguage(request.headers)),
  );

  app.post(
    '/api/v1/launches',
    {
      config: { access: 'operator' },
      bodyLimit: FILES_LIMIT,
      schema: {
        summary: 'Starts a launch from a plan',
        headers: languageHeaders,
        body: startRequest,
        response: { 201: launchView, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const directory = await planDirectory(services.workspace, request.body.directory);
      const policy = await policyOf(services, directory);
      const text = { ...request.body, ...(policy === null ? {} : { rules: policy.rules }) };
      const { plan, planDigest } = readPlan(services.language, text, services.clock.now());
      const actor = person(request.caller.person);
      const under = policy === null ? {} : { policy };
      const executed = await engine.start({ plan, planDigest, directory, actor, ...under });
      if (!executed.ok) throw refusalOf(executed.rejection);
      return reply.code(201).send(view(services, executed.launch, acceptedLanguage(request.headers)));
    },
  );

  app.get(
    '/api/v1/launches/:id',
    {
      schema: {
        summary: 'Where a launch stands',
        headers: languageHeaders,
        params: launchParams,
        response: { 200: launchView, '4xx': apiError },
      },
    },
    async (request) => view(services, await found(services, request.params.id), acceptedLanguage(request.headers)),
  );

  app.post(
    '/api/v1/launches/:id/commands',
    {
      schema: {
        summary: 'A person acts on a launch',
        headers: languageHeaders,
        params: launchParams,
        body: launchCommand,
        response: { 200: launchView, '4xx': apiError },
      },
    },
    async (request) => {
      const needed = ACCESS[request.body.type];
      if (!may(request.caller, needed)) {
        throw new Refusal(403, {
          code: 'not-allowed',
          message: `${request.caller.person} is ${request.caller.role} here; this takes ${needed}`,
        });
      }
      const find = (): Promise<Launch> => found(services, request.params.id);
      const { body } = request;
      const command =
        body.type === 'skip' ? await skipUntil(body, { find, now: services.clock.now() }) : await commandOf(find, body);
      const executed = await engine.command(request.params.id, command, person(request.caller.person));
      if (!executed.ok) throw refusedCommand(services, executed.rejection);
      return view(services, executed.launch, acceptedLanguage(request.headers));
    },
  );
}

/** Whoever may not is told why they are taken for whom they are. */
function refusedCommand(services: Services, rejection: Rejection): Refusal {
  if (rejection.code !== 'not-allowed') return refusalOf(rejection);
  return refusalOf({ ...rejection, message: `${rejection.message}. ${services.loopback ? HERE : ELSEWHERE}` });
}

const HERE =
  'On a local server SLIPWAY_PERSON, or git config user.email, says who you are: set it, then start the server again';
const ELSEWHERE = 'Your token says who you are: slipway token create makes one';

/** Who may vote or do a task is the plan's to say; being a member of this server is enough to try. */
const ACCESS: Readonly<Record<LaunchCommand['type'], AccessRole>> = {
  vote: 'member',
  choose: 'member',
  'meet-condition': 'member',
  'complete-task': 'member',
  confirm: 'operator',
  hold: 'operator',
  resume: 'operator',
  abort: 'operator',
  rollback: 'operator',
  retry: 'operator',
  skip: 'operator',
  'approve-waiver': 'member',
  'override-window': 'member',
  'extend-soak': 'operator',
  acknowledge: 'member',
  slip: 'operator',
  answer: 'operator',
};

export async function found(services: Services, id: string): Promise<Launch> {
  const launch = await services.engine.find(id);
  if (launch === null) throw notFound(`launch called ${id}`);
  return launch;
}

export function view(services: Services, launch: Launch, language: Language): ReturnType<typeof viewOf> {
  return viewOf(launch, services.engine.live(launch), language);
}

function person(id: string): Actor {
  return { kind: 'person', id };
}

/** A plan runs commands: it must lie in a folder that whoever started the server chose. Links are followed before that is judged. */
export async function planDirectory(workspace: string, directory: string): Promise<string> {
  const wanted = resolve(workspace, directory);
  const real = await realpath(wanted).catch(() => null);
  if (real === null || !(await stat(real)).isDirectory()) {
    throw new Refusal(400, {
      code: 'wrong-input',
      message: `there is no folder ${directory} in the server's workspace`,
    });
  }
  const inside = relative(await realpath(workspace), real);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new Refusal(400, {
      code: 'wrong-input',
      message: `the plan lies outside the server's workspace ${workspace}: start the server in a folder above the plan (slipway serve --data FOLDER/.slipway)`,
    });
  }
  return real;
}
