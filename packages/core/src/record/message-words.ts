import type { MessageLanguage } from '@slipway/plan';
import type { Mode } from '../model/state.ts';

/** The words in which messages tell where a launch is. */
export interface LaunchWords {
  readonly state: Readonly<Record<Exclude<Mode['is'], 'ended'> | Extract<Mode, { is: 'ended' }>['as'], string>>;
  readonly of: (some: number | string, all: number | string) => string;
  readonly vote: (vote: 'go' | 'no-go', person: string, roles: string) => string;
  readonly confirmation: (step: string) => string;
  readonly task: (step: string, owner: string) => string;
  /** Who ends a hold, and a way back that is stuck. */
  readonly decision: string;
  readonly notPaged: string;
  /** `goal` null: the plan has none. */
  readonly answered: (by: string, after: string, goal: string | null, isMet: boolean) => string;
  readonly repair: string;
  readonly share: (percent: number) => string;
  readonly held: (share: string, hold: string) => string;
  readonly beside: (name: string, fresh: string, old: string) => string;
  readonly alone: (name: string, fresh: string) => string;
  readonly number: (value: number) => string;
}

const en: LaunchWords = {
  state: {
    running: 'under way',
    held: 'held',
    stopping: 'turning back',
    undoing: 'going back',
    incomplete: 'rollback incomplete: a person is needed',
    completed: 'completed',
    scrubbed: 'called off before production',
    'rolled-back': 'rolled back',
  },
  of: (some, all) => `${some} of ${all}`,
  vote: (vote, person, roles) => `${vote === 'go' ? 'GO' : 'NO-GO'} by ${person} (${roles})`,
  confirmation: (step) => `somebody who confirms ${step}`,
  task: (step, owner) => `${owner}: ${step}`,
  decision: 'somebody who resumes it or rolls it back',
  notPaged: 'nobody was paged',
  answered: (by, after, goal, isMet) =>
    `${by} after ${after}${goal === null ? '' : ` (goal ${goal}: ${isMet ? 'met' : 'missed'})`}`,
  repair: 'somebody who finishes the way back',
  share: (percent) => `${percent} %`,
  held: (share, hold) => `${share} for ${hold}`,
  beside: (name, fresh, old) => `${name} ${fresh} (old version ${old})`,
  alone: (name, fresh) => `${name} ${fresh}`,
  number: (value) => String(value),
};

const fr: LaunchWords = {
  state: {
    running: 'en cours',
    held: 'suspendu',
    stopping: 'retour arrière décidé',
    undoing: 'retour arrière en cours',
    incomplete: 'retour arrière incomplet : il faut une personne',
    completed: 'terminé',
    scrubbed: 'annulé avant la production',
    'rolled-back': 'revenu en arrière',
  },
  of: (some, all) => `${some} sur ${all}`,
  vote: (vote, person, roles) => `${vote === 'go' ? 'GO' : 'NO-GO'} de ${person} (${roles})`,
  confirmation: (step) => `une personne qui confirme ${step}`,
  task: (step, owner) => `${owner} : ${step}`,
  decision: 'une personne qui le relance ou revient en arrière',
  notPaged: "personne n'a été alerté",
  answered: (by, after, goal, isMet) =>
    `${by} après ${after}${goal === null ? '' : ` (objectif ${goal} : ${isMet ? 'atteint' : 'manqué'})`}`,
  repair: 'une personne qui termine le retour arrière',
  share: (percent) => `${percent} %`,
  held: (share, hold) => `${share} pendant ${hold}`,
  beside: (name, fresh, old) => `${name} ${fresh} (ancienne version ${old})`,
  alone: (name, fresh) => `${name} ${fresh}`,
  number: (value) => String(value).replace('.', ','),
};

export const LAUNCH_WORDS: Readonly<Record<MessageLanguage, LaunchWords>> = { en, fr };
