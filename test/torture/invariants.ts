import { ABSENT, type Effect, evolve, findEffect, type Launch, type Recorded, type State } from '@slipway/core';
import type { Flight } from './fly.ts';
import { CALLED_OFF_AT } from './plans.ts';

/** Everything that a flight broke, in words; empty: it held. `calm`: the same plan flown without a death. */
export function brokenBy(flight: Flight, calm: Flight): readonly string[] {
  const states = statesOf(flight.events);
  return [
    ...troubles(flight),
    ...lostEvents(flight),
    ...(flight.chainProblem === null ? [] : [`the chain is broken: ${flight.chainProblem}`]),
    ...blindRepeats(states, flight.events),
    ...unaskedDeaths(flight, states),
    ...disorder(flight.deeds),
    ...differences(endOf(flight), endOf(calm)),
  ];
}

function troubles({ lives, launches, leftovers, visits }: Flight): readonly string[] {
  const errors = lives.flatMap(({ tellings }) =>
    tellings.flatMap((each) => (each.told === 'error' ? [each.what] : [])),
  );
  const failed = lives.flatMap((life) => (life.end === 'failed' ? [life.complaint] : []));
  const unended = lives.at(-1)?.end === 'survived' ? [] : ['the last life did not end by itself'];
  const several = launches.length === 1 ? [] : [`there are ${launches.length} launches`];
  const lost = (visits?.lost ?? []).map((how) => `a request was lost: ${how}`);
  return [...errors, ...failed, ...unended, ...several, ...lost, ...leftovers.map((id) => `${id} is left over`)];
}

/** What an append promised is there, as it was promised. */
function lostEvents({ lives, events, launches }: Flight): readonly string[] {
  const promised = lives.flatMap(({ tellings }) => tellings.filter((each) => each.told === 'stored'));
  return promised
    .filter(({ launch, seq, hash }) => launch !== launches[0] || events[seq - 1]?.hash !== hash)
    .map(({ launch, seq }) => `event ${seq} of ${launch} was promised and is lost`);
}

/** The state after each event. */
function statesOf(events: readonly Recorded[]): readonly State[] {
  let state: State = ABSENT;
  return events.map((event) => (state = evolve(state, event)));
}

/** What nobody can verify and nobody may repeat is not begun while the outcome of an earlier beginning is unknown. */
function blindRepeats(states: readonly State[], events: readonly Recorded[]): readonly string[] {
  return events.flatMap(({ event, seq }, index) => {
    const before = states[index - 1];
    if (event.type !== 'effect-started' || before?.is !== 'launch') return [];
    const effect = findEffect(before, event.effect);
    const repeats = before.effects[event.effect]?.is === 'started' && effect !== null && isBlind(effect);
    return repeats ? [`event ${seq} begins ${event.effect} again, and nobody looked`] : [];
  });
}

function isBlind({ class: kind, work }: Effect): boolean {
  return kind === 'executive' && work.kind === 'command' && work.verify === null && !work.idempotent;
}

/** What nobody can verify and a death left begun: it is settled as unknown, and a person answers before anything else becomes of it. */
function unaskedDeaths({ lives, events }: Flight, states: readonly State[]): readonly string[] {
  const begins = lives.flatMap(({ tellings }) =>
    tellings.flatMap((each) => (each.told === 'opened' ? [each.seq] : [])),
  );
  return begins.flatMap((seq) => {
    const found = states[seq - 1];
    if (found?.is !== 'launch') return [];
    return leftBegun(found).flatMap(({ id }) => {
      const next = events.slice(seq).filter(({ event }) => 'effect' in event && event.effect === id);
      const [settled, answered] = next.map(({ event }) => event);
      const asked = settled?.type === 'effect-settled' && settled.outcome.result === 'unknown';
      if (asked && answered?.type === 'outcome-answered') return [];
      return [`${id} was left begun at event ${seq}, and no person was asked`];
    });
  });
}

function leftBegun(launch: Launch): readonly Effect[] {
  const begun = Object.keys(launch.effects).filter((id) => launch.effects[id]?.is === 'started');
  return begun.flatMap((id) => findEffect(launch, id) ?? []).filter(isBlind);
}

/** Nothing is done twice, and nothing is done after it was undone: as by a command that nobody waited for. */
function disorder(deeds: readonly string[]): readonly string[] {
  const twice = deeds.filter((deed, index) => deeds.indexOf(deed) !== index).map((deed) => `${deed}: twice`);
  const late = deeds
    .filter((deed, index) => deed.startsWith('do ') && deeds.slice(0, index).includes(`un${deed}`))
    .map((deed) => `${deed}: after it was undone`);
  return [...twice, ...late];
}

/** What must be the same, however often it died. */
export function endOf({ events, deeds, messages, serving, apps, visits }: Flight): Readonly<Record<string, string>> {
  const state = statesOf(events).at(-1) ?? ABSENT;
  if (state.is === 'absent') return { end: 'nothing began' };
  const steps = Object.entries(state.steps).map(([step, { is }]): [string, string] => [`step ${step}`, is]);
  const mode = state.mode.is === 'ended' ? state.mode.as : state.mode.is;
  return {
    ...Object.fromEntries(steps),
    end: mode,
    deeds: deeds
      .filter((deed) => deed !== `do ${CALLED_OFF_AT}`)
      .toSorted()
      .join(', '),
    serving: String(serving),
    'processes ever': String(apps),
    'served by': visits === null ? 'nobody asked' : visits.servedBy.join(', '),
    messages: String(messages.length),
    'different messages': String(new Set(messages).size),
  };
}

function differences(end: Readonly<Record<string, string>>, calm: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(end), ...Object.keys(calm)])]
    .filter((key) => end[key] !== calm[key])
    .map((key) => `${key}: ${end[key]} instead of ${calm[key]}`);
}
