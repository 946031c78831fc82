import { apiError, type ShardsAnswer, shardsAnswer, type ShardsRequest, shardsRequest } from '@slipway/contract';
import { parsePlan, type Plan, type PlanLanguage } from '@slipway/plan';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import { readPlan } from '../plans/read-plan.ts';
import type { App } from './app.ts';
import { planDirectory } from './launch-routes.ts';
import { Refusal } from './refusal.ts';
import type { Services } from './services.ts';

export function shardRoutes(app: App, services: Services): void {
  const reading = new Set<string>();

  app.post(
    '/api/v1/shards',
    {
      // A plan says what its sources are, and which secrets they sign in with.
      config: { access: 'operator' },
      schema: {
        summary: 'What each shard of the running version has counted of a metric; changes nothing',
        body: shardsRequest,
        response: { 200: shardsAnswer, '4xx': apiError, 503: apiError },
      },
    },
    async (request) => {
      const { person } = request.caller;
      if (reading.has(person)) {
        throw new Refusal(429, { code: 'too-many', message: 'another reading of yours is under way: one at a time' });
      }
      reading.add(person);
      try {
        return await read(services, request.body);
      } finally {
        reading.delete(person);
      }
    },
  );
}

async function read(services: Services, request: ShardsRequest): Promise<ShardsAnswer> {
  const { environment, metric, span } = request;
  const plan = planOf(services.language, request);
  if (!Object.hasOwn(plan.environments, environment)) throw unknown('environment', environment, plan.environments);
  if (!Object.hasOwn(plan.metrics, metric)) throw unknown('metric', metric, plan.metrics);
  const directory = await planDirectory(services.workspace, request.directory);
  const asked = { plan, directory, environment, metric, span };
  const { readings, ...found } = await services.readShards(asked, services.stopping).catch(refuse);
  return { ...found, readings: readings.map(({ boot, at, shards }) => ({ boot, at, shards: [...shards] })) };
}

/** Nothing is launched: the version may still be left open. */
function planOf(language: PlanLanguage, { text, file, artifactVersion }: ShardsRequest): Plan {
  const parsed = artifactVersion === undefined ? parsePlan(text, { file, language, standInVersion: '0.0.0' }) : null;
  if (parsed?.ok === true) return parsed.plan;
  return readPlan(language, { text, file, ...(artifactVersion === undefined ? {} : { artifactVersion }) }).plan;
}

function unknown(what: string, name: string, known: Readonly<Record<string, unknown>>): Refusal {
  const names = Object.keys(known);
  const there = names.length === 0 ? 'none' : names.slice(0, 20).join(', ');
  return new Refusal(422, { code: 'wrong-input', message: `the plan has no ${what} called ${name}; it has ${there}` });
}

function refuse(error: unknown): never {
  if (error instanceof TerminalError) throw new Refusal(422, { code: 'wrong-input', message: reasonOf(error) });
  if (error instanceof RetryableError) throw new Refusal(503, { code: 'unavailable', message: reasonOf(error) });
  throw error;
}
