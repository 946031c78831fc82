import { createInterface } from 'node:readline';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { expectedOf, type Question } from './questions.ts';
import { readAnswer } from './read-answer.ts';

export type Answers = Readonly<Record<string, string | number | boolean>>;

/** Somebody who mistypes so often wants something else. */
const MOST_TRIES = 3;

/** Asks one after the other on the terminal; null: the user left. Throws Failure where an answer can never be used. */
export async function askQuestions(session: Session, questions: readonly Question[]): Promise<Answers | null> {
  const { input, errors } = session.context;
  const lines = createInterface({ input, output: errors });
  const typed = lines[Symbol.asyncIterator]();
  let isOpen = true;
  lines.once('close', () => (isOpen = false));
  const next = async (prompt: string): Promise<string | null> => {
    lines.setPrompt(prompt);
    // What was typed before the end is still there to be read, and a prompt after it is refused.
    if (isOpen) lines.prompt();
    const { value, done } = await typed.next();
    return done === true ? null : value;
  };
  try {
    const answers: Record<string, string | number | boolean> = {};
    for (const question of questions) {
      const answer = await askOne(session, question, next);
      if (answer === null) return null;
      answers[question.key] = answer;
    }
    return answers;
  } finally {
    lines.close();
  }
}

type Next = (prompt: string) => Promise<string | null>;

async function askOne(session: Session, question: Question, next: Next): Promise<Answers[string] | null> {
  const { m } = session;
  const { key, choices, standard } = question;
  const among = choices === null ? '' : ` (${choices.join('/')})`;
  const prompt = `${session.pen().clean(`${m.options[key]}${among}`)} `;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const line = await next(prompt);
    if (line === null) return null;
    const answer = readAnswer(question, line.trim() === '' && standard !== null ? standard : line);
    if (answer !== null) return answer;
    session.note(m.lint.again(expectedOf(question, m)));
  }
  throw new Failure('wrong-input', m.lint.gaveUp);
}
