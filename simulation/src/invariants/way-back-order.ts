import { findEffect, type UndoItem } from '@slipway/core';
import { NEW } from '../plans/scenario.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** The way back is the reverse of the order in which the launch first touched the world, complete, and one item at a time. */
export function wayBackOrder({ scenario }: Setting): Invariant {
  const touched: string[] = [];
  const found = new Map<string, string | null>();
  let newest = -1;

  const needsWayBack = (id: string): boolean => {
    const step = scenario.plan.steps[id];
    if (step?.kind === 'run') return step.undo !== null;
    return found.has(id) && found.get(id) !== NEW;
  };

  const check = (items: readonly UndoItem[]): void => {
    const expected = touched.toReversed().filter(needsWayBack);
    const actual = items.map((item) => item.step).filter((step, index, all) => step !== all[index - 1]);
    if (actual.join() !== expected.join())
      throw new Broken('way-back-order', `[${actual.join(', ')}] goes back over [${expected.join(', ')}]`);
  };

  return {
    event: ({ recorded: { event }, before }) => {
      if (event.type === 'way-back-planned') check(event.items);
      if (event.type === 'way-back-planned' || event.type === 'way-back-retried') newest = -1;
      if (event.type === 'effect-settled' && event.outcome.result === 'done' && event.outcome.data.kind === 'survey')
        found.set(event.effect.split(':')[0] ?? '', event.outcome.data.current);
      if (event.type !== 'effect-started' || before.is === 'absent') return;
      const effect = findEffect(before, event.effect);
      if (!event.effect.startsWith('~') && effect?.class === 'executive' && effect.step !== null) {
        if (!touched.includes(effect.step)) touched.push(effect.step);
      }
      if (!event.effect.startsWith('~undo:')) return;
      const item = Number(event.effect.slice('~undo:'.length).split('.')[0]);
      if (item < newest) throw new Broken('way-back-order', `item ${item} was begun after item ${newest}`);
      newest = item;
      const other = Object.keys(before.effects).find(
        (id) => id !== event.effect && isUndoInFlight(id, before.effects[id]?.is),
      );
      if (other !== undefined)
        throw new Broken('way-back-order', `${event.effect} was begun while ${other} was in flight`);
    },
  };
}

function isUndoInFlight(id: string, is: string | undefined): boolean {
  return id.startsWith('~undo:') && is === 'started';
}
