import type { EnvironmentView, LaunchView, VoteView, WaitingFor } from '@slipway/contract';
import { share } from '../terminal/numbers.ts';
import type { Pen } from '../render/pen.ts';
import { commandsOf } from '../render/commands.ts';
import { voteLines } from '../render/signoff-lines.ts';
import { shortDigest } from '../render/short-digest.ts';

/** Before a command, which is a text of its own: nothing else may stand on the line that is copied. */
export const COMMAND = '    ';

/** What is different between two views, one text a change; against nothing, where the launch stands. */
export function changes(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  return [
    ...stateChanges(before, view, pen),
    ...causeChanges(before, view, pen),
    ...stepChanges(before, view, pen),
    ...voteChanges(before, view, pen),
    ...trafficChanges(before, view, pen),
    ...healthChanges(before, view, pen),
    ...wayBackChanges(before, view, pen),
    ...waitingChanges(before, view, pen),
  ].map((text) => (text.startsWith(COMMAND) ? `${COMMAND}${pen.clean(text)}` : pen.clean(text)));
}

function stateChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  if (before?.state === view.state) return [];
  const word = pen.m.states[view.state].toUpperCase();
  return [pen.join(word, before === null ? `${view.title} ${view.artifact.version}` : '', view.headline)];
}

function causeChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  return view.causes.filter((cause) => !before?.causes.includes(cause)).map((cause) => pen.m.log.because(cause));
}

function stepChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  const known = new Map(before?.phases.flatMap((phase) => phase.steps).map((step) => [step.id, step]));
  return view.phases.flatMap((phase) =>
    phase.steps.flatMap((step) => {
      const old = known.get(step.id);
      const same = old?.state === step.state && (old.detail === step.detail || step.state !== 'active');
      if (same || (before === null && step.state === 'waiting')) return [];
      return pen.join(pen.m.log.step(phase.name, step.title, pen.m.steps[step.state]), step.detail);
    }),
  );
}

function voteChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  const known = new Map(before?.votes.map((vote) => [`${vote.step} ${vote.person} ${vote.at}`, vote]));
  return view.votes.flatMap((vote) => {
    const old = known.get(`${vote.step} ${vote.person} ${vote.at}`);
    const met = (each: VoteView | undefined): number =>
      (each?.conditions ?? []).filter((condition) => condition.met !== null).length;
    if (old?.stands === vote.stands && met(old) === met(vote)) return [];
    return voteLines(vote, view, pen).map((line) => `${vote.step}: ${line}`);
  });
}

function trafficChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  return view.environments.flatMap((environment) => {
    const old = before?.environments.find((each) => each.name === environment.name);
    const text = splitText(environment, pen);
    const moved = text !== '' && (old === undefined || splitText(old, pen) !== text);
    const verified = environment.verified !== null && old?.verified !== environment.verified;
    return [
      ...(moved ? [pen.m.log.traffic(environment.name, text)] : []),
      ...(verified ? [pen.m.log.verified(environment.name, environment.verified ?? '')] : []),
    ];
  });
}

function splitText(environment: EnvironmentView, pen: Pen): string {
  return pen.join(...environment.split.map((each) => `${each.version} ${share(each.weight, pen.m.language)}`));
}

function healthChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  const { look } = view;
  if (look === null) return [];
  const old = before?.look ?? null;
  if (old !== null && old.step === look.step && old.weight === look.weight && old.standing === look.standing) return [];
  return [pen.m.log.health(pen.m.health.standings[look.standing], look.sentence)];
}

function wayBackChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  return view.wayBack.flatMap((item, index) => {
    if (item.state === 'planned' || item.state === 'none') return [];
    const old = before?.wayBack[index];
    if (old?.state === item.state && old.text === item.text) return [];
    return [pen.m.log.wayBack(item.text, pen.m.wayBack.states[item.state])];
  });
}

function waitingChanges(before: LaunchView | null, view: LaunchView, pen: Pen): string[] {
  const known = new Set(before?.waitingFor.map(keyOf));
  return view.waitingFor
    .filter((waiting) => !known.has(keyOf(waiting)))
    .flatMap((waiting) => {
      const facts = waiting.basis === null ? '' : pen.m.act.facts(shortDigest(waiting.basis.digest));
      const who = waiting.who === 'anyone' ? pen.m.act.anyone : waiting.who;
      const commands = commandsOf(waiting.how, pen).map((command) => `${COMMAND}${command}`);
      return [pen.join(pen.m.log.waiting(who, waiting.what), facts), ...commands];
    });
}

function keyOf(waiting: WaitingFor): string {
  return JSON.stringify([waiting.step, waiting.who, waiting.what, waiting.basis?.seq ?? null]);
}
