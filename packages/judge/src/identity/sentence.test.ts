import { expect, test } from 'vitest';
import type { IdentityDoubt } from './identity-found.ts';
import { identitySentences } from './sentence.ts';

const unknown = (why: Extract<IdentityDoubt, { is: 'unknown' }>['why']): IdentityDoubt => ({ is: 'unknown', why });

test.each<[IdentityDoubt, string, string]>([
  [
    { is: 'other', instance: '2.2.0/2', said: '2.1.0' },
    'instance 2 of 2.2.0 answers as 2.1.0: what is measured is not the new version',
    "l'instance 2 de 2.2.0 répond en tant que 2.1.0 : ce qui est mesuré n'est pas la nouvelle version",
  ],
  [
    unknown({ reason: 'asking' }),
    'nobody knows whether 2.2.0 is what is measured: its instances are asked, and have not answered yet',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : ses instances sont interrogées et n'ont pas encore répondu",
  ],
  [
    unknown({ reason: 'untold' }),
    'nobody knows whether 2.2.0 is what is measured: nobody could say which instances to ask, and for what',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : nul n'a pu dire quelles instances interroger, ni sur quoi",
  ],
  [
    unknown({ reason: 'unready' }),
    'nobody knows whether 2.2.0 is what is measured: no instance of it is ready',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : aucune de ses instances n'est prête",
  ],
  [
    unknown({ reason: 'silent', instance: '2.2.0/2' }),
    'nobody knows whether 2.2.0 is what is measured: instance 2 of 2.2.0 does not answer',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : l'instance 2 de 2.2.0 ne répond pas",
  ],
  [
    unknown({ reason: 'too-large', instance: '2' }),
    'nobody knows whether 2.2.0 is what is measured: the answer of instance 2 of 2.2.0 is too large',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : la réponse de l'instance 2 de 2.2.0 est trop grande",
  ],
  [
    unknown({ reason: 'no-json', instance: '2' }),
    'nobody knows whether 2.2.0 is what is measured: the answer of instance 2 of 2.2.0 is no JSON',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : la réponse de l'instance 2 de 2.2.0 n'est pas du JSON",
  ],
  [
    unknown({ reason: 'status', instance: '2', status: 503 }),
    'nobody knows whether 2.2.0 is what is measured: instance 2 of 2.2.0 answers with status 503',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : l'instance 2 de 2.2.0 répond avec le statut 503",
  ],
  [
    unknown({ reason: 'nothing', instance: '2', place: '$.version' }),
    'nobody knows whether 2.2.0 is what is measured: instance 2 of 2.2.0 says no version at $.version',
    "nul ne sait si c'est bien 2.2.0 qui est mesurée : l'instance 2 de 2.2.0 ne donne aucune version à $.version",
  ],
])('%j', (doubt, en, fr) => {
  expect(identitySentences(doubt, '2.2.0')).toEqual({ en, fr });
});
