import { z } from 'zod';

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MOST = 200;

/** Names to what a service knows them by. `id`: the form of that; `error`: what was expected. */
export const people = (id: RegExp, error: string) =>
  z
    .record(
      z.string().regex(NAME, { error: 'write a name in lower-case words joined by hyphens, like devops' }).max(60),
      z.string().max(200).regex(id, { error }),
    )
    .refine((known) => Object.keys(known).length <= MOST, { error: `expected at most ${MOST} names` })
    .optional();

export type People = Readonly<Record<string, string>>;

/** What a service knows a name by; null: it does not. */
export function knownAs(people: People | undefined, name: string): string | null {
  return people !== undefined && Object.hasOwn(people, name) ? (people[name] ?? null) : null;
}
