import type { LaunchEvent, Recorded } from '../../model/event.ts';
import { gap, list, type RecordDocument, type Section, table, tableOr } from '../document/document.ts';
import { eventLine } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { RECORD_WORDS } from '../record-words.ts';
import { undoItems, undoState } from '../undo-state.ts';
import { lengthText } from './length-text.ts';
import { type Roles, rolesOf } from './people.ts';
import { type ReleaseFacts, releaseFacts } from './release-facts.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';
import { resultText } from './result-text.ts';
import { between, causeText } from './rollback-note.ts';

interface Draft extends ReportInput {
  readonly known: ReleaseFacts;
  readonly say: Say;
  readonly roles: Roles;
}

/** A blameless draft: facts and numbers are filled in, judgement is left to people. Nobody is named, roles are. */
export function postMortem(input: ReportInput): RecordDocument {
  const { launch, events, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, events);
  const actors = events.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : []));
  const draft: Draft = { ...input, known, say, roles: rolesOf(launch.plan, actors, say) };
  const { artifact } = launch.plan;
  return {
    kind: 'post-mortem',
    language,
    level: 1,
    title: `${say('Post-mortem:', 'Post-mortem :')} ${artifact.name} ${artifact.version} (${launch.id})`,
    result: say(
      'Draft, blameless: it asks what made it possible, never who.',
      'Brouillon, sans reproche : ce qui a rendu cela possible, jamais qui.',
    ),
    figures: {
      result: known.result,
      detectionMs: between(known.firstBadAt, known.turnedBackAt),
      rollbackMs: between(known.turnedBackAt, known.backAt),
      recoveryMs: between(known.firstBadAt, known.backAt),
      exposure: known.exposure,
      holds: events.filter(({ event }) => event.type === 'held').length,
    },
    sections: [
      summarySection(draft),
      impactSection(draft),
      timelineSection(draft),
      factorsSection(draft),
      wentWellSection(draft),
      { heading: say('What went badly', 'Ce qui a mal marché'), blocks: [gap(say('to fill in', 'à remplir'))] },
      luckSection(draft),
      actionsSection(draft),
    ],
  };
}

function summarySection({ known, say, roles, language }: Draft): Section {
  const why =
    known.cause === null
      ? say('It never turned back.', 'Aucun retour en arrière.')
      : causeText(known.cause, RECORD_WORDS[language]);
  return {
    heading: say('Summary', 'Résumé'),
    blocks: [
      list([resultText(known, say), roles.without(why)]),
      gap(say('in two sentences, for those who were not there', "en deux phrases, pour ceux qui n'étaient pas là")),
    ],
  };
}

function impactSection({ known, say, language }: Draft): Section {
  const length = (ms: number | null): string => (ms === null ? missing(say) : lengthText(ms, language));
  const rows = [
    [
      say('Requests that met the new version', 'Requêtes qui ont rencontré la nouvelle version'),
      known.exposure === null ? missing(say) : String(known.exposure),
    ],
    [say('Time to detection', 'Délai de détection'), length(between(known.firstBadAt, known.turnedBackAt))],
    [say('Time to roll back', 'Durée du retour'), length(between(known.turnedBackAt, known.backAt))],
    [
      say(
        'From the first bad answer to all traffic back',
        'De la première mauvaise réponse au retour de tout le trafic',
      ),
      length(between(known.firstBadAt, known.backAt)),
    ],
  ];
  return {
    heading: say('Impact', 'Impact'),
    blocks: [
      table([say('Figure', 'Mesure'), say('Value', 'Valeur')], rows),
      gap(
        say(
          'customers, revenue, support: what the log cannot know',
          'clients, revenus, support : ce que le journal ne peut savoir',
        ),
      ),
    ],
  };
}

/** What runs beside the story: the record has every event. */
const LEFT_OUT: ReadonlySet<LaunchEvent['type']> = new Set<LaunchEvent['type']>([
  'effect-noted',
  'time-counted',
  'move-done',
  'step-started',
  'watch-started',
]);

function isTold({ event }: Recorded): boolean {
  if (event.type === 'effect-started') return false;
  if (event.type !== 'effect-settled') return !LEFT_OUT.has(event.type);
  const { outcome } = event;
  const quiet = outcome.result === 'done' && outcome.data.kind !== 'verdict' && !event.effect.startsWith('~undo');
  return !quiet;
}

function timelineSection({ launch, events, say, roles, language }: Draft): Section {
  const words = RECORD_WORDS[language].events;
  const rows = events.filter(isTold).map(({ at, actor, event }) => {
    const since = at - launch.startedAt;
    const offset = since < 0 ? '–' : `+${lengthText(since, language)}`;
    return [utcTime(at), offset, roles.actor(actor), roles.without(eventLine(event, words))];
  });
  return tableOr(
    say('Time-line', 'Chronologie'),
    { head: say('Time|Since the start|Role|What', 'Heure|Depuis le début|Rôle|Quoi').split('|'), rows },
    say('The log is empty.', 'Le journal est vide.'),
  );
}

function factorsSection({ say }: Draft): Section {
  const rows = [
    say('What changed', 'Ce qui a changé'),
    say('Why it was not seen before', "Pourquoi cela n'a pas été vu avant"),
    say('Why it reached people', 'Pourquoi cela a atteint des personnes'),
    say('What made it last', "Ce qui l'a fait durer"),
  ].map((question) => [question, '…']);
  return {
    heading: say('Contributing factors', 'Facteurs contributifs'),
    blocks: [
      table([say('Question', 'Question'), say('Answer', 'Réponse')], rows),
      gap(say('of systems and conditions, not of persons', 'des systèmes et des conditions, pas des personnes')),
    ],
  };
}

/** Only what the log proves; the rest is for people. */
function wentWellSection({ launch, events, known, say }: Draft): Section {
  const turning = events.find(({ event }) => event.type === 'turning-back');
  const effects = undoItems(launch).flatMap(({ undo }, index) =>
    undo.kind === 'none' ? [] : [undoState(launch, index)],
  );
  const undone = effects.filter((state) => state?.is === 'settled' && state.outcome.result === 'done').length;
  const facts = [
    turning?.actor.kind === 'slipway'
      ? [say('The way back began by itself.', 'Le retour a commencé de lui-même.')]
      : [],
    undone > 0
      ? [
          say(
            `${undone} of ${effects.length} moves of the way back were done.`,
            `${undone} gestes du retour sur ${effects.length} ont été faits.`,
          ),
        ]
      : [],
    known.result === 'rolled-back'
      ? [say('The version before was verified to serve again.', "La version d'avant sert de nouveau, vérifié.")]
      : [],
  ].flat();
  return {
    heading: say('What went well', 'Ce qui a bien marché'),
    blocks: [...(facts.length === 0 ? [] : [list(facts)]), gap(say('to fill in', 'à remplir'))],
  };
}

function luckSection({ say }: Draft): Section {
  return {
    heading: say('Where we got lucky', 'Où nous avons eu de la chance'),
    blocks: [gap(say('to fill in: what would have made it worse', 'à remplir : ce qui aurait aggravé les choses'))],
  };
}

function actionsSection({ say }: Draft): Section {
  const kinds = [
    say('prevent', 'prévenir'),
    say('detect sooner', 'détecter plus tôt'),
    say('recover faster', 'rétablir plus vite'),
  ];
  const head = say('Action|Kind|Role|Due|Proof', 'Action|But|Rôle|Échéance|Preuve').split('|');
  return {
    heading: say('Actions', 'Actions'),
    blocks: [
      table(
        head,
        kinds.map((kind) => ['…', kind, '…', '…', '…']),
      ),
    ],
  };
}
