import { list, type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { utcTime } from '../iso-time.ts';
import { lengthText } from '../report/length-text.ts';
import { type Say, sayIn } from '../report/report-input.ts';
import type { Dora, Failed } from './dora.ts';

/** The four metrics as a document, with what each of them means here. */
export function doraDocument(dora: Dora, language: 'en' | 'fr'): RecordDocument {
  const say = sayIn(language);
  const { failed, ...figures } = dora;
  return {
    kind: 'dora',
    language,
    level: 1,
    title: say('DORA metrics', 'Métriques DORA'),
    result: `${utcTime(dora.since).slice(0, 10)} – ${utcTime(dora.until).slice(0, 10)}`,
    figures: { ...figures, failed: failed.length },
    sections: [
      ...notReadSection(dora.notRead, say),
      metricsSection(dora, say, language),
      failedSection(failed, say, language),
      definitions(say),
    ],
  };
}

/** Figures without some of the launches are not the figures of all. */
export function notReadSection(count: number, say: Say): readonly Section[] {
  if (count === 0) return [];
  const words = say(
    `${count} launches of this time could not be read, or are too many: they are not counted.`,
    `${count} lancements de cette période sont illisibles ou en surnombre : ils ne sont pas comptés.`,
  );
  return [{ heading: say('Not counted', 'Non comptés'), blocks: [{ is: 'text', text: words }] }];
}

function metricsSection(dora: Dora, say: Say, language: 'en' | 'fr'): Section {
  const unknown = say('not known', 'inconnu');
  const number = (value: number, digits: number): string => {
    const shown = String(Number(value.toPrecision(digits)));
    return language === 'fr' ? shown.replace('.', ',') : shown;
  };
  const length = (ms: number | null): string => (ms === null ? unknown : lengthText(ms, language));
  const { deployments, deploymentsPerDay: perDay, changeFailureRate: rate, leadTimeCommits: commits } = dora;
  const decided = deployments - dora.undecided;
  const rows = [
    [
      say('Deployment frequency', 'Fréquence de déploiement'),
      perDay === null ? unknown : say(`${number(perDay, 3)} a day`, `${number(perDay, 3)} par jour`),
      say(`${deployments} deployments in the log`, `${deployments} déploiements au journal`),
    ],
    [
      say('Change lead time (median)', 'Délai de mise en production (médiane)'),
      length(dora.leadTimeMs),
      say(
        `${commits} commits; not known of ${dora.leadTimeUnknown} deployments`,
        `${commits} commits ; inconnu pour ${dora.leadTimeUnknown} déploiements`,
      ),
    ],
    [
      say('Change fail rate', "Taux d'échec des changements"),
      rate === null ? unknown : `${number(rate * 100, 3)} %`,
      say(
        `${dora.failed.length} of ${decided}; ${dora.undecided} not decided`,
        `${dora.failed.length} sur ${decided} ; ${dora.undecided} non décidés`,
      ),
    ],
    [
      say('Failed deployment recovery time (median)', 'Temps de rétablissement (médiane)'),
      length(dora.timeToRestoreMs),
      say(`not known of ${dora.restoreUnknown} failures`, `inconnu pour ${dora.restoreUnknown} échecs`),
    ],
  ];
  return tableOr(
    say('Metrics', 'Mesures'),
    { head: say('Metric|Value|Over', 'Mesure|Valeur|Sur').split('|'), rows },
    '',
  );
}

function failedSection(failed: readonly Failed[], say: Say, language: 'en' | 'fr'): Section {
  const how: Readonly<Record<Failed['how'], string>> = {
    'rolled-back': say('rolled back', 'retour en arrière'),
    hotfix: say('mended by a hotfix', 'corrigé par un hotfix'),
    'rollback-incomplete': say('way back incomplete', 'retour incomplet'),
  };
  const rows = failed.map((each) => [
    each.launch,
    how[each.how],
    each.restoredBy ?? say('nothing yet', 'rien encore'),
    each.restoreMs === null ? say('not known', 'inconnu') : lengthText(each.restoreMs, language),
  ]);
  return tableOr(
    say('Failed deployments', 'Déploiements en échec'),
    { head: say('Launch|How|Restored by|Took', 'Lancement|Comment|Rétabli par|Durée').split('|'), rows },
    say('None is in the log.', "Le journal n'en contient aucun."),
  );
}

function definitions(say: Say): Section {
  return {
    heading: say('What they mean here', 'Ce que cela veut dire ici'),
    blocks: [
      list([
        say(
          'A deployment: a launch that began to bring a version to production. Rehearsals, flags and dark launches are none.',
          "Un déploiement : un lancement qui a commencé à porter une version en production. Ni une répétition, ni un flag, ni un lancement dans l'ombre.",
        ),
        say(
          'Lead time: from the time of a commit until production was verified on its release.',
          "Délai : de l'heure d'un commit jusqu'à la vérification de sa version en production.",
        ),
        say(
          'Failed: taken back after it reached production, or mended by a hotfix, which is linked to the newest launch of the version that it replaced.',
          "Échec : repris après la production, ou corrigé par un hotfix, lié au plus récent lancement de la version qu'il a remplacée.",
        ),
        say(
          'Recovery: from the first bad answer known until all traffic was back, or the hotfix was verified.',
          'Rétablissement : de la première mauvaise réponse connue au retour de tout le trafic, ou à la vérification du hotfix.',
        ),
        say(
          'Source of the definitions: https://dora.dev/guides/dora-metrics-four-keys/',
          'Source des définitions : https://dora.dev/guides/dora-metrics-four-keys/',
        ),
      ]),
    ],
  };
}
