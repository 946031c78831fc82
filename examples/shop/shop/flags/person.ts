import { randomUUID } from 'node:crypto';

/** Whom a flag is evaluated for. */
export interface Person {
  /** The same for as long as the visitor keeps the cookie: it decides about their place in every share. */
  readonly targetingKey: string;
  readonly email?: string;
  readonly beta?: boolean;
}

export interface Recognised {
  readonly person: Person;
  /** Headers that let the visitor be recognised the next time. */
  readonly headers: Readonly<Record<string, string>>;
}

const COOKIE = 'shop-id';
const SECONDS = 30 * 24 * 60 * 60;

/**
 * Who a visitor is, by cookies. This shop has no sign-in: what a session would say of somebody, their address and whether they
 * asked for new things early, is in cookies too.
 */
export function recognise(header: string | undefined): Recognised {
  const cookies = cookiesOf(header);
  const known = cookies.get(COOKIE);
  const targetingKey = known === undefined || !/^[\w-]{1,64}$/.test(known) ? randomUUID() : known;
  const email = cookies.get('shop-email');
  const person: Person = {
    targetingKey,
    ...(email === undefined ? {} : { email: email.slice(0, 200) }),
    ...(cookies.get('shop-beta') === '1' ? { beta: true } : {}),
  };
  const isNew = targetingKey !== known;
  const cookie = `${COOKIE}=${targetingKey}; Path=/; Max-Age=${SECONDS}; HttpOnly; SameSite=Lax`;
  return { person, headers: isNew ? { 'set-cookie': cookie } : {} };
}

function cookiesOf(header = ''): ReadonlyMap<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('=', 2));
  return new Map(pairs.flatMap(([name = '', value]) => (value === undefined ? [] : [[name, value]])));
}
