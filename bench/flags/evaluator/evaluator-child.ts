// One evaluator in a process of its own.
import { answerQuestions, orderOf } from '../../process/answering.ts';
import { drawnPeople } from './people.ts';
import { type Question, QUESTIONS } from './questions.ts';
import { SIDES, type SideName } from './sides.ts';

export interface EvaluatorOrder {
  readonly side: SideName;
  readonly people: number;
}

export interface Asked {
  readonly question: Question;
  /** Milliseconds at least, each in whole passes over the people. */
  readonly warmUp: number;
  readonly measured: number;
}

export interface Answered {
  /** Nanoseconds an answer. */
  readonly nanoseconds: number;
  /** How many of the people have it. */
  readonly on: number;
}

const { side: name, people: count } = orderOf<EvaluatorOrder>();
const people = drawnPeople(count);
const side = await (await SIDES[name].open())(people);

answerQuestions({
  /** All questions by turns, as in a process that has several flags. */
  warmUp: async (milliseconds: number) => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until)
      for (const question of Object.keys(QUESTIONS) as Question[]) await side.ask(question);
  },
  measure: async ({ question, warmUp, measured }: Asked): Promise<Answered> => {
    await passes(question, warmUp);
    return await passes(question, measured);
  },
});

async function passes(question: Question, milliseconds: number): Promise<Answered> {
  const begin = performance.now();
  let done = 0;
  let on = 0;
  let now = begin;
  while (now - begin < milliseconds || done === 0) {
    on += await side.ask(question);
    done += 1;
    now = performance.now();
  }
  if (on % done !== 0) throw new Error(`${name} gave one of the people first this and then that`);
  return { nanoseconds: ((now - begin) * 1e6) / (done * people.length), on: on / done };
}
