import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import { installedVersion } from '../../report/machine.ts';
import type { Findings } from '../../report/result.ts';
import { agreementOf } from './agreement.ts';
import type { Answered, Asked, EvaluatorOrder } from './evaluator-child.ts';
import { findingsOf, type Measured, type Rounds } from './findings.ts';
import { drawnPeople } from './people.ts';
import { DEFINITION, type Question, QUESTIONS } from './questions.ts';
import { SIDE_NAMES, SIDES, type SideName } from './sides.ts';

const PEOPLE = 10_000;
const ASKED = Object.keys(QUESTIONS) as readonly Question[];

/** How long an answer from memory takes, beside other evaluators. */
export const evaluatorPart: Part = {
  name: 'evaluator',
  title: 'Flags evaluated from memory',
  measure: async (circumstances) => {
    const { quick, say, keep } = circumstances;
    const agreement = agreementOf(DEFINITION, drawnPeople(PEOPLE));
    const taken: Taken[] = [];
    const rounds = quick ? 2 : 9;
    for (let round = 0; round < rounds; round += 1) {
      for (const side of turned(SIDE_NAMES, round)) {
        say(`evaluator: round ${round + 1} of ${rounds}, ${SIDES[side].label}`);
        taken.push({ side, answered: await measure(side, circumstances) });
      }
      keep(findingsOf(measuredOf(taken), PEOPLE, agreement));
    }
    const findings: Findings = findingsOf(measuredOf(taken), PEOPLE, agreement);
    if (agreement.first !== null) throw new Error(`flagd-core does not agree: ${agreement.first}`);
    return findings;
  },
};

interface Taken {
  readonly side: SideName;
  readonly answered: Readonly<Record<Question, Answered>>;
}

/** Whoever begins, and so meets the machine as the round before left it, is another one each time. */
export function turned<T>(all: readonly T[], by: number): readonly T[] {
  return all.map((_, index) => all[(index + by) % all.length] as T);
}

async function measure(side: SideName, { quick, signal }: Circumstances): Promise<Taken['answered']> {
  const order: EvaluatorOrder = { side, people: PEOPLE };
  await using child = await Child.start(new URL('evaluator-child.ts', import.meta.url), { order, signal });
  await child.ask('warmUp', quick ? 200 : 1_000);
  const ask = (question: Question): Promise<Answered> => {
    const asked: Asked = { question, warmUp: quick ? 50 : 300, measured: quick ? 150 : 1_000 };
    return child.ask<Answered>('measure', asked);
  };
  return { plain: await ask('plain'), rollout: await ask('rollout') };
}

function measuredOf(taken: readonly Taken[]): Measured {
  const of = (question: Question): readonly Rounds[] =>
    SIDE_NAMES.map((side) => ({
      side,
      label: labelOf(side),
      answered: taken.filter((each) => each.side === side).map(({ answered }) => answered[question]),
    }));
  return Object.fromEntries(ASKED.map((question) => [question, of(question)])) as Record<Question, readonly Rounds[]>;
}

function labelOf(side: SideName): string {
  const { label, library } = SIDES[side];
  return library === null ? label : `${label} ${installedVersion(library)}`;
}
