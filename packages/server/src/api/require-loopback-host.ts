import { isLoopback } from '../local/address.ts';
import { Refusal } from './refusal.ts';

/**
 * A page on the web can have its own name resolve to this machine, and then read what we answer: it cannot have its requests
 * say that they are for a loopback address. Throws Refusal (421) for any other `Host`.
 */
export function requireLoopbackHost(host: string | undefined): void {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(host ?? '')?.[1] ?? '';
  if (isLoopback(name.toLowerCase().replaceAll(/^\[|\]$/g, ''))) return;
  throw new Refusal(421, {
    code: 'wrong-input',
    message: 'this server answers this machine alone: ask it as 127.0.0.1, [::1] or localhost',
  });
}
