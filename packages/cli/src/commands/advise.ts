import { adviceRequest } from '@slipway/contract';
import { Option } from 'commander';
import { z } from 'zod';
import { adviceLines } from '../advise/advice-lines.ts';
import { type Answers, askQuestions } from '../advise/ask-questions.ts';
import { expectedOf, QUESTIONS } from '../advise/questions.ts';
import { readAnswer } from '../advise/read-answer.ts';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

export function addAdvise(cli: Cli): void {
  const command = cli.verb('advise', 'advise', advise);
  for (const { key, flag, placeholder, choices } of QUESTIONS) {
    const option = new Option(`${flag} <${placeholder}>`, cli.m.options[key]);
    command.addOption(choices === null ? option : option.choices([...choices]));
  }
}

const options = z.record(z.string(), z.unknown());

/** Recommends a strategy. Whatever is not said as an option is asked on the terminal. */
async function advise(session: Session): Promise<ExitCode> {
  const given = givenAnswers(session);
  const open = QUESTIONS.filter(({ key }) => given[key] === undefined);
  const asked =
    session.context.input.isTTY === true ? await askQuestions(session, open) : standardAnswers(session, open);
  if (asked === null) return EXIT.left;
  const request = adviceRequest.parse({ ...given, ...asked });
  const advice = await withAnyServer(session, (api) => api.advise(request));
  if (session.json) session.printJson(advice);
  else session.print(adviceLines(advice, session.pen()));
  return EXIT.ok;
}

function givenAnswers(session: Session): Answers {
  const typed = session.options(options);
  const { failures } = session.m;
  return Object.fromEntries(
    QUESTIONS.flatMap((question) => {
      const written = typed[question.key];
      if (typeof written !== 'string') return [];
      const answer = readAnswer(question, written);
      if (answer !== null) return [[question.key, answer]];
      throw new Failure('wrong-input', failures.badOption(question.flag.slice(2), expectedOf(question, session.m)));
    }),
  );
}

/** Nobody can be asked: what has no answer that usually holds must be given. */
function standardAnswers(session: Session, open: typeof QUESTIONS): Answers {
  const missing = open.filter(({ standard }) => standard === null).map(({ flag }) => flag);
  if (missing.length > 0) throw new Failure('wrong-input', session.m.lint.missing(missing.join(', ')));
  return Object.fromEntries(
    open.flatMap((question) => {
      const answer = readAnswer(question, question.standard ?? '');
      return answer === null ? [] : [[question.key, answer]];
    }),
  );
}
