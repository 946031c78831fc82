import type { AdviceNote, AdvisedStrategy, Situation } from './situation.ts';

/** What else to do, whatever the strategy. */
export function chooseNotes(strategy: AdvisedStrategy, situation: Situation): readonly AdviceNote[] {
  const { risk, fixedDate, reversible, change, flags, audience, compliance } = situation;
  const isTwoVersions = strategy === 'rolling' || strategy === 'canary' || strategy === 'blue-green';
  const notes: readonly (readonly [boolean, AdviceNote])[] = [
    [risk === 'high' && !fixedDate, 'soft-launch'],
    [fixedDate && strategy !== 'big-bang', 'hybrid'],
    [!reversible, 'point-of-no-return'],
    [change === 'migration', 'expand-contract'],
    [isTwoVersions && !reversible, 'keep-both'],
    [strategy === 'dark-launch' && flags, 'flag-after'],
    [compliance && strategy !== 'blue-green', 'compliance-too'],
    [audience === 'b2c', 'b2c-hours'],
    [audience === 'b2b', 'b2b-hours'],
  ];
  return notes.flatMap(([holds, note]) => (holds ? [note] : []));
}
