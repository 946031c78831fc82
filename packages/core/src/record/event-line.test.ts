import type { Opening } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import type { EventOf, LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import { deadlock } from '../testing/outcomes.ts';
import { eventLine } from './event-line.ts';
import { enEvents, frEvents } from './event-words.ts';
import { utcTime } from './iso-time.ts';
import { hashOf, T0, verdict } from './testing/log.ts';
import { SHOP_PLAN } from './testing/shop-plan.ts';
import { WAY_BACK } from './testing/rolled-back-log.ts';

type Line = readonly [LaunchEvent, en: string, fr: string];

const step = 'smoke';
const launch = 'shop-1';
const reason = 'it rains';
const directory = '.';
const basis = { seq: 10, hash: hashOf(10) };
const message = { to: ['team'], title: 'Hello', text: 'Hello.' };
const vote = (word: 'go' | 'no-go'): EventOf<'vote-cast'> => ({
  type: 'vote-cast',
  step,
  vote: word,
  roles: [],
  reason,
  basis,
});
const settled = (outcome: Outcome): LaunchEvent => ({
  type: 'effect-settled',
  retryAt: null,
  effect: 'smoke:0.0',
  attempt: 1,
  outcome,
});
const failed = { result: 'failed', reason, retryable: false, retryAfter: null, evidence: null } as const;
const done = { result: 'done', evidence: { summary: 'exit 0', items: [] }, data: { kind: 'none' } } as const;
const back = (cause: EventOf<'turning-back'>['cause']): LaunchEvent => ({
  type: 'turning-back',
  cause,
  ending: 'rolled-back',
  stopBy: T0,
});

const CLOSED: Opening = {
  allowed: false,
  why: [
    {
      kind: 'never',
      reason: 'never at the weekend',
      reasons: { en: 'never at the weekend', fr: 'jamais le week-end' },
    },
  ],
  next: null,
  freezeAt: null,
  freeze: null,
};

/** At least one line a type: a type that is left out does not compile. */
const LINES: Readonly<Record<LaunchEvent['type'], readonly Line[]>> = {
  'launch-started': [
    [
      { type: 'launch-started', launch, plan: SHOP_PLAN, planDigest: '', directory, t0: T0 },
      'launch started: shop 2.1.0',
      'lancement démarré : shop 2.1.0',
    ],
  ],
  'scenario-proposed': [
    [
      { type: 'scenario-proposed', scenario: 'freeze', rows: [], basis: { seq: 4, hash: 'h' } },
      'the table proposes the scenario freeze',
      'la table propose le scénario freeze',
    ],
    [
      { type: 'scenario-proposed', scenario: null, rows: [], basis: { seq: 4, hash: 'h' } },
      'the table proposes no scenario',
      'la table ne propose aucun scénario',
    ],
  ],
  'scenario-chosen': [
    [
      {
        type: 'scenario-chosen',
        scenario: 'freeze',
        reason: 'Christmas',
        proposed: 'production',
        planDigest: 'd',
        basis: { seq: 5, hash: 'h' },
        override: true,
        until: T0,
      },
      `scenario chosen: freeze, against the table, which proposes production, nothing changes until ${utcTime(T0)}: Christmas`,
      `scénario choisi : freeze, contre la table, qui propose production, rien ne change jusqu'au ${utcTime(T0)} : Christmas`,
    ],
    [
      {
        type: 'scenario-chosen',
        scenario: 'staging',
        reason: '',
        proposed: null,
        planDigest: 'd',
        basis: { seq: 5, hash: 'h' },
      },
      'scenario chosen: staging',
      'scénario choisi : staging',
    ],
  ],
  'step-started': [[{ type: 'step-started', step }, 'smoke: step-started', 'smoke : démarré']],
  'watch-started': [
    [{ type: 'watch-started', step, mode: 'guard' }, 'smoke: watch-started', 'smoke : observation poursuivie'],
  ],
  'stepped-back': [
    [
      { type: 'stepped-back', step, move: 3 },
      'smoke: suspected: back to the stage before',
      'smoke : suspecté : retour au palier précédent',
    ],
  ],
  'step-retried': [[{ type: 'step-retried', step }, 'smoke: step-retried', 'smoke : repris']],
  'run-confirmed': [[{ type: 'run-confirmed', step }, 'smoke: run-confirmed', 'smoke : confirmé']],
  'effect-started': [
    [
      { type: 'effect-started', effect: 'smoke:0.0', attempt: 2, touches: null },
      'smoke:0.0: started, attempt 2',
      'smoke:0.0 : commencé, essai 2',
    ],
  ],
  'effect-noted': [
    [
      { type: 'effect-noted', effect: 'smoke:0.0', note: null },
      'smoke:0.0: noted where it stands',
      'smoke:0.0 : a noté où il en est',
    ],
  ],
  'time-counted': [
    [{ type: 'time-counted', step, ms: 59_998 }, 'smoke: waited for 60 s more', 'smoke : a attendu 60 s de plus'],
  ],
  'trigger-fired': [
    [
      {
        type: 'trigger-fired',
        step,
        effect: 'smoke:0.0',
        trigger: 0,
        when: 'errors.new > 0.05',
        deed: { kind: 'page' },
        found: 'errors: new 0.06',
      },
      'smoke: trigger errors.new > 0.05 (errors: new 0.06): page',
      'smoke : déclencheur errors.new > 0.05 (errors: new 0.06) : alerter',
    ],
  ],
  'page-acknowledged': [
    [{ type: 'page-acknowledged', step, page: 2 }, 'smoke: page 2 answered', "smoke : réponse à l'alerte 2"],
    [
      { type: 'page-acknowledged', step, page: 2, by: 'ann' },
      'smoke: page 2 answered: ann is on it',
      "smoke : réponse à l'alerte 2 : ann s'en occupe",
    ],
  ],
  'soak-extended': [
    [
      { type: 'soak-extended', step, ms: 43_200_000, reason: 'not sure yet' },
      'smoke: watched for 720 min longer: not sure yet',
      'smoke : observé 720 min de plus : not sure yet',
    ],
  ],
  'effect-settled': [
    [settled(done), 'smoke:0.0: exit 0', 'smoke:0.0 : exit 0'],
    [settled(failed), 'smoke:0.0: failed: it rains', 'smoke:0.0 : échec : it rains'],
    [
      settled({ result: 'unknown', reason }),
      'smoke:0.0: outcome unknown: it rains',
      'smoke:0.0 : issue inconnue : it rains',
    ],
    [
      settled(deadlock()),
      'smoke:0.0: launches wait in a circle: shop-1 waits for shop.production, which shop-2 holds; shop-2 waits for shop.staging, which shop-1 holds',
      "smoke:0.0 : des lancements s'attendent en cercle : shop-1 attend shop.production, que tient shop-2 ; shop-2 attend shop.staging, que tient shop-1",
    ],
    [
      settled({ result: 'cancelled' }),
      'smoke:0.0: stopped before it changed anything',
      "smoke:0.0 : arrêté avant d'avoir rien changé",
    ],
  ],
  'move-done': [[{ type: 'move-done', step, move: 3 }, 'smoke: move 3 done', 'smoke : geste 3 fait']],
  'step-passed': [
    [{ type: 'step-passed', step, summary: 'exit 0' }, 'smoke: passed: exit 0', 'smoke : réussi : exit 0'],
  ],
  'step-failed': [[{ type: 'step-failed', step, reason }, 'smoke: failed: it rains', 'smoke : échoué : it rains']],
  'step-skipped': [
    [{ type: 'step-skipped', step, reason }, 'smoke: skipped: it rains', 'smoke : passé outre : it rains'],
    [
      { type: 'step-skipped', step, reason, until: 1_795_510_800_000, proposedBy: 'ann' },
      'smoke: skipped: it rains, until 2026-11-24 09:00:00 UTC, proposed by ann',
      "smoke : passé outre : it rains, jusqu'au 2026-11-24 09:00:00 UTC, proposé par ann",
    ],
  ],
  'window-changed': [
    [
      { type: 'window-changed', opening: { allowed: true, until: 1_795_510_800_000, freezeAt: null } },
      'production may begin until 2026-11-24 09:00:00 UTC',
      "la production peut commencer jusqu'au 2026-11-24 09:00:00 UTC",
    ],
    [
      { type: 'window-changed', opening: { allowed: true, until: null, freezeAt: null } },
      'production may begin',
      'la production peut commencer',
    ],
    [
      { type: 'window-changed', opening: { ...CLOSED, next: 1_795_510_800_000 } },
      'production waits: never at the weekend; opens 2026-11-24 09:00:00 UTC',
      'la production attend : jamais le week-end ; ouvre 2026-11-24 09:00:00 UTC',
    ],
    [
      { type: 'window-changed', opening: CLOSED },
      'production waits: never at the weekend; no opening within a year',
      "la production attend : jamais le week-end ; aucune ouverture dans l'année",
    ],
  ],
  'window-overridden': [
    [
      { type: 'window-overridden', step, reason },
      'smoke: begins although the calendar says no: it rains',
      'smoke : commence malgré le calendrier : it rains',
    ],
  ],
  't0-moved': [
    [
      { type: 't0-moved', from: 1_795_510_800_000, to: 1_795_512_600_000, reason },
      'T-0 moved from 2026-11-24 09:00:00 UTC to 2026-11-24 09:30:00 UTC: it rains',
      'T-0 déplacé de 2026-11-24 09:00:00 UTC à 2026-11-24 09:30:00 UTC : it rains',
    ],
  ],
  'verdict-waived': [
    [{ type: 'verdict-waived', step, reason }, 'smoke: verdict waived: it rains', 'smoke : verdict écarté : it rains'],
  ],
  'vote-cast': [
    [vote('go'), 'smoke: GO on event 10 (000000000000)', "smoke : GO sur l'événement 10 (000000000000)"],
    [
      { ...vote('go'), delegated: ['tech'], conditions: ['dry', 'calm'] },
      'smoke: GO on event 10 (000000000000), standing in for tech, on condition: dry; calm',
      "smoke : GO sur l'événement 10 (000000000000), en suppléance de tech, à condition : dry; calm",
    ],
    [vote('no-go'), 'smoke: NO-GO on event 10 (000000000000)', "smoke : NO-GO sur l'événement 10 (000000000000)"],
  ],
  'condition-met': [
    [
      { type: 'condition-met', step, condition: 2, proof: 'a link' },
      'smoke: condition 2 met: a link',
      'smoke : condition 2 remplie : a link',
    ],
  ],
  'votes-expired': [
    [
      { type: 'votes-expired', step, people: ['ann', 'bob'] },
      'smoke: GO too old: ann, bob',
      'smoke : GO périmé : ann, bob',
    ],
  ],
  'waiver-proposed': [
    [
      { type: 'waiver-proposed', step, reason, until: 1_795_510_800_000 },
      'smoke: waiver proposed: it rains, until 2026-11-24 09:00:00 UTC',
      "smoke : dérogation proposée : it rains, jusqu'au 2026-11-24 09:00:00 UTC",
    ],
  ],
  'waiver-ended': [
    [
      { type: 'waiver-ended', step },
      'smoke: the waiver is over: it is asked again',
      'smoke : la dérogation a pris fin : la question est reposée',
    ],
  ],
  'votes-revoked': [
    [{ type: 'votes-revoked', step, reason }, 'smoke: votes fell: it rains', 'smoke : votes tombés : it rains'],
  ],
  'task-done': [[{ type: 'task-done', step, proof: 'a link' }, 'smoke: done: a link', 'smoke : fait : a link']],
  'proof-refused': [
    [
      { type: 'proof-refused', step, reason },
      `smoke: open again, the proof does not count: ${reason}`,
      `smoke : à refaire, la preuve ne compte pas : ${reason}`,
    ],
  ],
  'tick-expired': [
    [
      { type: 'tick-expired', step, tickedAt: 0, ask: 'person' },
      'smoke: the tick of 1970-01-01 00:00:00 UTC has grown too old: open again',
      'smoke : coche du 1970-01-01 00:00:00 UTC périmée : à refaire',
    ],
    [
      { type: 'tick-expired', step, tickedAt: 0, ask: 'url' },
      'smoke: the tick of 1970-01-01 00:00:00 UTC has grown too old: its address is asked again',
      "smoke : coche du 1970-01-01 00:00:00 UTC périmée : l'adresse est interrogée à nouveau",
    ],
  ],
  'outcome-answered': [
    [
      { type: 'outcome-answered', effect: 'smoke:0.0', done: true, reason },
      'smoke:0.0: a person says done: it rains',
      'smoke:0.0 : une personne dit fait : it rains',
    ],
    [
      { type: 'outcome-answered', effect: 'smoke:0.0', done: false, reason },
      'smoke:0.0: a person says not done: it rains',
      'smoke:0.0 : une personne dit pas fait : it rains',
    ],
  ],
  held: [
    [{ type: 'held', cause: { kind: 'person', reason } }, 'held: it rains', 'suspendu : it rains'],
    [
      { type: 'held', cause: { kind: 'verdict', step, decision: 'telemetry-broken', sentence: 'no reading' } },
      'held: no reading',
      'suspendu : no reading',
    ],
    [
      { type: 'held', cause: { kind: 'deadlock', step, waits: deadlock().waits.slice(0, 1) } },
      'held: launches wait in a circle: shop-1 waits for shop.production, which shop-2 holds',
      "suspendu : des lancements s'attendent en cercle : shop-1 attend shop.production, que tient shop-2",
    ],
  ],
  resumed: [[{ type: 'resumed' }, 'resumed', 'repris']],
  'environment-verified': [
    [
      { type: 'environment-verified', environment: 'production', version: '2.1.0' },
      'production verified: 2.1.0',
      'production vérifié : 2.1.0',
    ],
  ],
  'notice-queued': [
    [
      { type: 'notice-queued', notice: '~notice:1.0', step: null, moment: null, channel: 'team', message },
      'message for team',
      'message pour team',
    ],
    [
      { type: 'notice-queued', notice: '~notice:1.0', step: null, moment: null, channel: 'team', message, until: T0 },
      `message for team: waits for the end of quiet hours, ${utcTime(T0)}`,
      `message pour team : attend la fin des heures calmes, ${utcTime(T0)}`,
    ],
    [
      {
        type: 'notice-queued',
        notice: '~notice:1.0',
        step: null,
        moment: null,
        channel: 'team',
        message,
        until: T0,
        standsFor: 3,
      },
      `message for team: waits for the end of quiet hours, ${utcTime(T0)}; stands for 3`,
      `message pour team : attend la fin des heures calmes, ${utcTime(T0)} ; en remplace 3`,
    ],
    [
      { type: 'notice-queued', notice: '~notice:1.0', step: null, moment: 'held', channel: 'team', message, page: 2 },
      'page 2 for team',
      'alerte 2 pour team',
    ],
  ],
  'turning-back': [
    [back({ kind: 'verdict', step, verdict: verdict() }), 'turning back (verdict)', 'retour en arrière (verdict)'],
    [back({ kind: 'step-failed', step, reason }), 'turning back (step-failed)', 'retour en arrière (étape échouée)'],
    [back({ kind: 'no-go', step, reason }), 'turning back (no-go)', 'retour en arrière (NO-GO)'],
    [back({ kind: 'abort', reason }), 'turning back (abort)', 'retour en arrière (annulation)'],
    [back({ kind: 'rollback', reason }), 'turning back (rollback)', 'retour en arrière (demandé)'],
  ],
  'way-back-planned': [
    [{ type: 'way-back-planned', items: WAY_BACK.slice(0, 1) }, 'way back planned: 1 move', 'retour prévu : 1 geste'],
    [{ type: 'way-back-planned', items: WAY_BACK }, 'way back planned: 5 moves', 'retour prévu : 5 gestes'],
  ],
  'way-back-retried': [[{ type: 'way-back-retried' }, 'way back taken up again', 'retour repris']],
  'launch-ended': [
    [{ type: 'launch-ended', as: 'completed' }, 'launch ended: completed', 'lancement fini : terminé'],
    [{ type: 'launch-ended', as: 'scrubbed' }, 'launch ended: scrubbed', 'lancement fini : annulé avant production'],
    [
      { type: 'launch-ended', as: 'rolled-back' },
      'launch ended: rolled-back',
      'lancement fini : revenu en arrière, vérifié',
    ],
    [
      { type: 'launch-ended', as: 'rollback-incomplete' },
      'launch ended: rollback-incomplete',
      'lancement fini : retour incomplet',
    ],
  ],
};

describe.each(Object.entries(LINES))('%s', (_, lines) => {
  test.each(lines)('%j', (event, en, fr) => {
    expect([eventLine(event, enEvents), eventLine(event, frEvents)]).toEqual([en, fr]);
  });
});

const holding = (cause: EventOf<'held'>['cause']): LaunchEvent => ({ type: 'held', cause });

describe('what is in both languages', () => {
  const sentences = { en: 'too few', fr: 'trop peu' };
  const reasons = { en: 'stopped', fr: 'arrêtée' };
  test.each<[LaunchEvent, string, string]>([
    [
      { type: 'step-failed', step, reason: 'stopped', reasons },
      `${step}: failed: stopped`,
      `${step} : échoué : arrêtée`,
    ],
    [holding({ kind: 'step-failed', step, reason: 'stopped', reasons }), 'held: stopped', 'suspendu : arrêtée'],
    [
      holding({ kind: 'verdict', step, decision: 'insufficient-data', sentence: 'too few', sentences }),
      'held: too few',
      'suspendu : trop peu',
    ],
  ])('%j', (event, en, fr) => {
    expect([eventLine(event, enEvents), eventLine(event, frEvents)]).toEqual([en, fr]);
  });
});
