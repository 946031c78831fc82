import type { Reading } from '@slipway/provider-kit';
import type { FlagQuery } from './schema.ts';

type Missing = Extract<Reading, { kind: 'missing' }>;

const missing = (en: string, fr: string): Missing => ({ kind: 'missing', reason: en, reasons: { en, fr } });

export const neverMet = ({ flag }: FlagQuery, variant: string): Reading => ({
  kind: 'unseen',
  reason: `nobody has met variant ${variant} of flag ${flag}`,
});

export const noOldVariant = (): Missing =>
  missing('there is no other variant to compare with', "il n'y a pas d'autre variante à comparer");

export const neverReported = ({ flag, outcome }: FlagQuery): Missing =>
  missing(
    `no application has reported outcome ${outcome} of flag ${flag}: check the name, and that POST /ofrep/v1/outcomes is called`,
    `aucune application n'a signalé le résultat ${outcome} du drapeau ${flag} : vérifiez le nom, et que POST /ofrep/v1/outcomes est appelé`,
  );

export const notReportedOf = ({ flag, outcome }: FlagQuery, variant: string): Missing =>
  missing(
    `nothing was reported as ${outcome} of variant ${variant} of flag ${flag}, not even that it went well: a share of exposures needs one report, good or bad, to tell silence from health`,
    `rien n'a été signalé comme ${outcome} de la variante ${variant} du drapeau ${flag}, pas même une réussite : une part des expositions demande un signalement, bon ou mauvais, pour distinguer le silence de la santé`,
  );

export const cannotBe = ({ flag, outcome }: FlagQuery, variant: string): Missing =>
  missing(
    `the counts of ${outcome} of variant ${variant} of flag ${flag} cannot be`,
    `les comptes de ${outcome} de la variante ${variant} du drapeau ${flag} sont impossibles`,
  );

export const moreBadThan = (
  { flag, outcome }: FlagQuery,
  variant: string,
  { bad, total }: { readonly bad: number; readonly total: number },
): Missing =>
  missing(
    `${bad} bad outcomes ${outcome} of variant ${variant} of flag ${flag} were reported, and it was served ${total} times: report each at most once, or compare with of: outcomes`,
    `${bad} mauvais résultats ${outcome} de la variante ${variant} du drapeau ${flag} ont été signalés, et elle a été servie ${total} fois : signalez chacun une fois au plus, ou comparez avec of: outcomes`,
  );
