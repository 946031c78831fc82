import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Launch } from '@slipway/core';
import { type ConfigVariables, type PlanJson, type ProviderUse, readRota, renderConfig } from '@slipway/plan';
import {
  type Capabilities,
  type Capability,
  type CommandRunner,
  type FlagCounts,
  type HttpClient,
  type ProviderContext,
  type Redactor,
  type Registry,
  type RouterCounts,
  type RouterProvider,
  type SecretRef,
  SHORTEST_SECRET,
  TerminalError,
} from '@slipway/provider-kit';
import type { EffectContext } from '../handlers/handler.ts';
import { pastLaunchesFor, type PastLaunchStore } from '../past/past-launches.ts';
import type { Clock } from '../ports/clock.ts';
import type { FlagCounter } from '../ports/flag-counter.ts';
import type { Rehearser } from '../ports/rehearser.ts';
import { effectKey } from './effect-key.ts';
import { planRehearsalFor } from './plan-rehearsal.ts';

/** What provider calls need from the machine. */
export interface Machine {
  readonly registry: Registry;
  readonly http: HttpClient;
  readonly commands: CommandRunner;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** Counts of feature flags. */
  readonly flagCounter: Pick<FlagCounter, 'read'>;
  /** Records of launches; absent: no check can ask after another launch. */
  readonly launches?: PastLaunchStore;
  /** Absent: no check can have its plan rehearsed. */
  readonly rehearser?: Rehearser;
  /** Folder of the server's own data; each provider gets one of its own under it. */
  readonly dataDirectory: string;
  /** The server's environment variables, for secrets by reference. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Provider {
  readonly kind: string;
  readonly name: string;
  readonly needs: readonly Capability[];
  readonly schema: {
    safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: { message: string } };
  };
}

/** A provider with its checked configuration and the context of one call. */
export interface Use<P> {
  readonly provider: P;
  readonly config: unknown;
  readonly context: ProviderContext<Capability>;
}

/** A provider of an environment, with the name by which it knows that environment. */
export interface PlaceUse<P> extends Use<P> {
  readonly place: string;
}

/** One server launches several products, and each may call its environment production: to providers and leases they are
 * apart. Joined with what no name may hold, or `shop-eu` in `production` would be `shop` in `eu-production`. */
export function placeOf(launch: Pick<Launch, 'plan'>, environment: string): string {
  return `${launch.plan.artifact.name}.${environment}`;
}

/** What a provider call needs to know of the launch that it is for. */
type CallingLaunch = Pick<Launch, 'id' | 'plan' | 'planDigest' | 'policy' | 'directory' | 'origin'>;

/** What a provider call needs to know of whoever makes it. */
export type Caller = Pick<EffectContext, 'attempt' | 'signal' | 'say'> & {
  readonly launch: CallingLaunch;
  readonly effect: Pick<EffectContext['effect'], 'id'>;
};

/** Finds providers, renders and checks their configuration, and hands them the capabilities that they declare. */
export class ProviderAccess {
  readonly machine: Machine;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  check(use: ProviderUse, context: Caller): Promise<Use<Registry['checks'][string]>> {
    return this.#use(this.machine.registry.checks, use, { context, version: null });
  }

  command(config: PlanJson, context: Caller): Promise<Use<Registry['actions'][string]>> {
    return this.#use(this.machine.registry.actions, { provider: 'command', config }, { context, version: null });
  }

  async target(
    environment: string,
    version: string | null,
    context: Caller,
  ): Promise<PlaceUse<Registry['targets'][string]>> {
    const { target } = environmentOf(context.launch, environment);
    if (target === null) throw new TerminalError(`${environment} has no target: only flags are ramped there`);
    const use = await this.#use(this.machine.registry.targets, target, { context, version });
    return { ...use, place: placeOf(context.launch, environment) };
  }

  /** null: the environment has no router. */
  async router(environment: string, context: Caller): Promise<PlaceUse<Registry['routers'][string]> | null> {
    const { router } = environmentOf(context.launch, environment);
    if (router === null) return null;
    const use = await this.#use(this.machine.registry.routers, router, { context, version: null });
    return { ...use, place: placeOf(context.launch, environment) };
  }

  source(metric: string, context: Caller): Promise<Use<Registry['metricSources'][string]>> {
    const found = context.launch.plan.metrics[metric];
    if (found === undefined) throw new TerminalError(`there is no metric called ${metric}`);
    return this.#use(this.machine.registry.metricSources, found.source, { context, version: null });
  }

  channel(name: string, context: Caller): Promise<Use<Registry['channels'][string]>> {
    const found = context.launch.plan.channels[name];
    if (found === undefined) throw new TerminalError(`there is no channel called ${name}`);
    return this.#use(this.machine.registry.channels, found, { context, version: null });
  }

  async #use<P extends Provider>(table: Readonly<Record<string, P>>, use: ProviderUse, call: Call): Promise<Use<P>> {
    const provider = Object.hasOwn(table, use.provider) ? table[use.provider] : undefined;
    if (provider === undefined) throw new TerminalError(`this server has no provider called ${use.provider}`);
    const rendered = renderConfig(use.config, variablesOf(call.context.launch, call.version));
    if (!rendered.ok) throw new TerminalError(`${provider.name}: ${rendered.path.join('.')}: ${rendered.reason}`);
    const parsed = provider.schema.safeParse(rendered.value);
    if (!parsed.success)
      throw new TerminalError(`${provider.name} refuses its configuration: ${oneLine(parsed.error.message)}`);
    return { provider, config: parsed.data, context: await this.#context(provider, call.context) };
  }

  /** Only what the provider declares is there at run time as well. */
  async #context(provider: Provider, context: Caller): Promise<ProviderContext<Capability>> {
    const { machine } = this;
    const base = {
      signal: context.signal,
      effect: effectKey(context.launch, context.effect.id),
      attempt: context.attempt,
      now: () => machine.clock.now(),
      log: (line: string) => context.say(line),
    };
    const has = (need: Capability): boolean => provider.needs.includes(need);
    const capabilities: Partial<Capabilities> = {
      ...(has('http') ? { http: machine.http } : {}),
      ...(has('commands') ? { commands: machine.commands } : {}),
      ...(has('directory') ? { directory: context.launch.directory } : {}),
      ...(has('dataDirectory') ? { dataDirectory: await this.#dataDirectory(provider) } : {}),
      ...(has('secret') ? { secret: (ref: SecretRef) => this.#secret(ref, context.launch.directory) } : {}),
      ...(has('flagCounts')
        ? { flagCounts: (name: string, flag: string) => this.#flagCounts(name, flag, context) }
        : {}),
      ...(has('launches') ? { launches: pastLaunchesFor(context.launch, machine.launches) } : {}),
      ...(has('rehearsal') ? { rehearsal: planRehearsalFor(context.launch, machine) } : {}),
      ...(has('rota') ? { rota: (text, span) => readRota(text, { ...span, zone: context.launch.plan.zone }) } : {}),
      ...(has('routerCounts') ? { routerCounts: (name: string) => this.#routerCounts(name, context) } : {}),
    };
    return { ...base, ...capabilities } as ProviderContext<Capability>;
  }

  async #dataDirectory(provider: Provider): Promise<string> {
    const directory = providerDirectory(this.machine.dataDirectory, provider);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  }

  async #secret(ref: SecretRef, directory: string): Promise<string> {
    const name = 'env' in ref ? `environment variable ${ref.env}` : `file ${ref.file}`;
    const value = 'env' in ref ? this.machine.environment[ref.env] : await readSecretFile(resolve(directory, ref.file));
    if (value === undefined || value === '')
      throw new TerminalError(`the secret in ${name} is missing: set it where the server runs`);
    if (!this.machine.redactor.add(value)) {
      throw new TerminalError(
        `the secret in ${name} is shorter than ${SHORTEST_SECRET} characters: too short to be kept out of logs`,
      );
    }
    return value;
  }

  async #flagCounts(environment: string, flag: string, { launch }: Caller): Promise<FlagCounts> {
    environmentOf(launch, environment);
    return await this.machine.flagCounter.read(placeOf(launch, environment), flag);
  }

  async #routerCounts(environment: string, context: Caller): Promise<RouterCounts> {
    const router = await this.router(environment, context);
    if (router === null) throw new TerminalError(`${environment} has no router to count requests`);
    const { provider, config, place } = router;
    return (provider as RouterProvider).counts(config, place, router.context);
  }
}

interface Call {
  readonly context: Caller;
  /** The version that is meant, where it is not the launch's own. */
  readonly version: string | null;
}

/** Where a provider keeps what survives the server. */
export function providerDirectory(
  dataDirectory: string,
  provider: { readonly kind: string; readonly name: string },
): string {
  return join(dataDirectory, 'providers', `${provider.kind}-${provider.name}`);
}

function environmentOf(launch: Pick<Launch, 'plan'>, name: string): Launch['plan']['environments'][string] {
  const found = launch.plan.environments[name];
  if (found === undefined) throw new TerminalError(`there is no environment called ${name}`);
  return found;
}

/** What templates of a configuration may speak of; `version`: the one that is meant, where it is not the launch's own. */
export function variablesOf(launch: Pick<Launch, 'id' | 'plan'>, version: string | null): ConfigVariables {
  const { plan, id } = launch;
  return {
    launch: { name: plan.launch, title: plan.title, id },
    artifact: version === null ? plan.artifact : { ...plan.artifact, version },
  };
}

async function readSecretFile(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return text.endsWith('\n') ? text.slice(0, -1) : text;
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 300);
}
