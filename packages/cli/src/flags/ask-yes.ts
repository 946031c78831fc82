import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Session } from '../session.ts';

/** Asks on the terminal. Whatever is no clear yes is a no, an end of the input as well. */
export async function askYes(session: Session, question: string): Promise<boolean> {
  const { input, errors } = session.context;
  const lines = createInterface({ input, output: errors });
  try {
    lines.setPrompt(`${session.pen().clean(question)} `);
    lines.prompt();
    const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [''])]);
    return session.m.flags.yes.includes(String(line).trim().toLowerCase());
  } finally {
    lines.close();
  }
}
