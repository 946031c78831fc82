import { describe, expect, it } from 'vitest';
import type { Launch } from '../model/state.ts';
import { launchFacts } from './launch-facts.ts';
import { COMPLETED } from './testing/completed-log.ts';
import { type Entry, fold, logOf, T0 } from './testing/log.ts';
import { OPENING, RELEASE_MANAGER } from './testing/opening.ts';
import { ROLLED_BACK } from './testing/rolled-back-log.ts';

const inZone = (at: number): string => `T0+${(at - T0) / 1_000}s`;
const tell = (launch: Launch, language: 'en' | 'fr' = 'en', seconds = 100) =>
  launchFacts(launch, { language, now: T0 + seconds * 1_000, inZone });
const after = (...entries: readonly Entry[]): Launch => fold(logOf([...OPENING, ...entries]));
const hold = (at: number): Entry => [at, { type: 'held', cause: { kind: 'person', reason: 'lunch' } }, RELEASE_MANAGER];
const resume = (at: number): Entry => [at, { type: 'resumed' }, RELEASE_MANAGER];

describe('what messages say of where a launch is', () => {
  it('of one that has just begun: what is not known is null', () => {
    expect(tell(fold(logOf(OPENING.slice(0, 1))))).toMatchObject({
      state: 'under way',
      holds: 0,
      signoffs: null,
      measured: null,
      watched: null,
      heldSince: null,
      resumedBy: null,
      told: null,
    });
  });

  it('of one that was completed', () => {
    const told = tell(fold(COMPLETED));
    expect(told).toMatchObject({ state: 'completed', doing: null, next: null, waitingFor: null });
    expect(told.measured).toMatch(/errors 0\.1 % \(old version 0\.2 %\)/);
    expect(told.signoffs).toMatch(/^GO by \S+ \(release-manager\)/);
    expect(tell(fold(COMPLETED), 'fr').measured).toMatch(/errors 0,1 % \(ancienne version 0,2 %\)/);
  });

  it('of one that was rolled back, in both languages', () => {
    expect(tell(fold(ROLLED_BACK)).state).toBe('rolled back');
    expect(tell(fold(ROLLED_BACK), 'fr').state).toBe('revenu en arrière');
  });

  it('waits for somebody while it is held, and says so', () => {
    expect(tell(after(hold(60))).waitingFor).toMatch(/^somebody who resumes it or rolls it back/);
    expect(tell(after(hold(60)), 'fr').waitingFor).toMatch(/^une personne qui le relance/);
    expect(tell(after(hold(60), resume(70))).waitingFor ?? '').not.toContain('resumes it');
  });

  it('counts holds, and says since when and who ended the newest', () => {
    expect(tell(after(hold(60)))).toMatchObject({ state: 'held', holds: 1, heldSince: 'T0+60s', resumedBy: null });
    expect(tell(after(hold(60), hold(61)))).toMatchObject({ holds: 1, heldSince: 'T0+60s' });
    expect(tell(after(hold(60), resume(70)))).toMatchObject({
      holds: 1,
      heldSince: null,
      resumedBy: 'rm@shop.example',
    });
    expect(tell(after(hold(60), resume(70), hold(80)))).toMatchObject({
      holds: 2,
      heldSince: 'T0+80s',
      resumedBy: null,
    });
  });
});
