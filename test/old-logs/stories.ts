import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchCommand, LaunchView } from '@slipway/contract';
import type { RealServer } from '../e2e/support/real-server.ts';
import { back, DIRECTORY, doubt, first, FLAG, scrub, stuck, there, underWay } from './plans.ts';

type Story = (server: RealServer) => Promise<void>;

const ended = (view: LaunchView): boolean => view.endedAt !== null;
const held = (view: LaunchView): boolean => view.state === 'held';
const at =
  (step: string, state = 'active') =>
  (view: LaunchView): boolean =>
    view.phases.some((phase) => phase.steps.some((each) => each.id === step && each.state === state));

/** Fails with the test's patience where it never comes. */
async function untilEvent(server: RealServer, id: string, type: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { events } = await server.record(id);
    if (events.some(({ event }) => event.type === type)) return;
    await pass(50);
  }
  throw new Error(`${id} has no ${type}`);
}

const say = (server: RealServer, id: string, command: LaunchCommand): Promise<unknown> =>
  server.api('POST', `/launches/${id}/commands`, command);

const basisOf = (view: LaunchView, step: string): number =>
  view.waitingFor.find((waiting) => waiting.step === step)?.basis?.seq ?? 0;

async function install(server: RealServer, name: string): Promise<void> {
  const { id } = await server.launch(first(name), '1.0.0');
  await server.until(id, ended);
}

async function goThere(server: RealServer): Promise<void> {
  await install(server, 'there');
  const flag = join(DIRECTORY, FLAG);
  writeFileSync(flag, '');
  const { id } = await server.launch(there, '2.0.0');
  const tell = (command: LaunchCommand) => say(server, id, command);
  await server.until(id, held);
  rmSync(flag);
  await tell({ type: 'retry', step: 'nobody-raised-a-flag' });
  const open = await server.until(id, at('go'));
  await tell({ type: 'vote', step: 'go', vote: 'go', reason: 'ready', basis: basisOf(open, 'go') });
  const two = await server.until(id, at('two'));
  await tell({ type: 'vote', step: 'two', vote: 'go', reason: 'ready', basis: basisOf(two, 'two') });
  await tell({ type: 'retry', step: 'the-world-is-there' });
  const again = await server.until(id, (view) => at('go')(view) && !at('the-world-is-there')(view));
  await tell({ type: 'vote', step: 'go', vote: 'go', reason: 'still ready', basis: basisOf(again, 'go') });
  await server.until(id, at('two'));
  await tell({ type: 'skip', step: 'two', reason: 'the other one is ill' });
  await server.until(id, at('support-is-ready'));
  await tell({ type: 'complete-task', step: 'support-is-ready', proof: 'https://example.com/macros' });
  await server.until(id, at('migrate'));
  await tell({ type: 'confirm', step: 'migrate', phrase: 'change production' });
  await server.until(id, (view) => (view.look?.samples ?? 0) > 0);
  await tell({ type: 'hold', reason: 'a colleague calls' });
  // Until the share that is held has passed and is watched on.
  await server.until(id, (view) => (view.look?.elapsed ?? 0) > 1_000);
  await untilEvent(server, id, 'watch-started');
  await tell({ type: 'resume' });
  await server.until(id, ended);
}

async function goBack(server: RealServer): Promise<void> {
  await install(server, 'back');
  const { id } = await server.launch(back, '2.0.0');
  await server.until(id, ended);
}

async function doubtful(server: RealServer): Promise<void> {
  await install(server, 'doubt');
  const { id } = await server.launch(doubt, '2.0.0');
  const tell = (command: LaunchCommand) => say(server, id, command);
  await server.until(id, held);
  await tell({ type: 'answer', effect: 'slow:0.0', done: false, reason: 'no trace of it' });
  await server.until(id, at('slow', 'failed'));
  await tell({ type: 'retry', step: 'slow' });
  await server.until(id, (view) => view.causes.join().includes('nobody knows'));
  await tell({ type: 'answer', effect: 'slow:0.1', done: true, reason: 'its row is there' });
  await server.until(id, (view) => held(view) && at('rollout-production')(view));
  await tell({ type: 'skip', step: 'rollout-production', reason: 'the dashboards look well' });
  await tell({ type: 'rollback', reason: 'nobody can see anything' });
  await server.until(id, ended);
}

async function callOff(server: RealServer): Promise<void> {
  const { id } = await server.launch(scrub, '2.0.0');
  const view = await server.until(id, at('go'));
  await say(server, id, { type: 'vote', step: 'go', vote: 'no-go', reason: 'not today', basis: basisOf(view, 'go') });
  await server.until(id, ended);
}

async function getStuck(server: RealServer): Promise<void> {
  const { id } = await server.launch(stuck, '2.0.0');
  const incomplete = (view: LaunchView): boolean => view.state === 'rollback-incomplete';
  await server.until(id, at('somebody-looks'));
  await say(server, id, { type: 'rollback', reason: 'no' });
  await server.until(id, incomplete);
  await say(server, id, { type: 'retry', step: null });
  await untilEvent(server, id, 'way-back-retried');
  await server.until(id, incomplete);
}

async function beUnderWay(server: RealServer): Promise<void> {
  const { id } = await server.launch(underWay, '2.0.0');
  await server.until(id, at('migrate'));
  await untilEvent(server, id, 'effect-started');
}

/** One launch each, in an order of their own; the last is left in the middle. */
export const STORIES: readonly Story[] = [goThere, goBack, doubtful, callOff, getStuck, beUnderWay];
