import { plural } from './plural.ts';

/** What each command answers. */
export const answers = {
  plan: {
    warning: 'warning',
    expected: (what: string) => `expected ${what}`,
    digest: (digest: string) => `plan ${digest}`,
    messages: 'Messages, as they would read if the launch had just begun',
    noMessages: 'The plan sends no messages.',
    tells: (channels: string) => `to ${channels}`,
    again: (span: string) => `again every ${span}`,
    from: { team: 'words of slipway.messages.yaml', shipped: 'shipped words', plan: 'words of the plan' },
    mentions: (names: string) => `calls ${names}`,
    quiet: (hours: string) => `waits for the end of quiet hours: ${hours}`,
    shortest: (span: string) => `takes at least ${span}, people and commands not counted`,
    effects: {
      'read-only': 'looks',
      executive: 'changes the world',
      person: 'a person',
      message: 'a message',
      clock: 'waits',
    },
    takes: (span: string) => `takes ${span}`,
    who: (people: string) => `by ${people}`,
    rollsBack: 'if it fails: rolls back by itself',
    pages: 'if it fails: holds, and pages the people on call',
    wayBack: (text: string) => `way back: ${text}`,
    noReturn: 'point of no return: this cannot be taken back',
    versionAtStart: 'version given at start',
    valid: (file: string, warnings: number, about: string) =>
      `${file} is valid (${about}${warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`})`,
    invalid: (file: string, errors: number, warnings: number) =>
      `${file}: ${plural(errors, 'error')}${warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`}; nothing was started`,
  },
  vote: {
    on: (word: string, step: string, subject: string) => `${word} for ${step}: ${subject}`,
    counted: (word: string, step: string) => `${word} for ${step} is counted.`,
    conditionMet: (number: number, step: string) => `Condition ${number} of ${step} is met.`,
    noNumber: (given: string) => `"${given}" is no number of a condition: slipway status shows them`,
    otherFacts: (digest: string) => `the facts are ${digest} now, not the ones you named: look again, then vote`,
    noSuchStep: (step: string, open: string) =>
      `there is no step called ${step}${open === '' ? '' : `; open for votes: ${open}`}`,
    notOpen: (step: string, open: string) =>
      `${step} takes no votes now${open === '' ? '' : `; open for votes: ${open}`}`,
  },
  start: {
    started: (id: string, headline: string) => `Launch ${id} has started. ${headline}`,
    nothing: 'Nothing was started.',
    serverStarted: (url: string) =>
      `Started a server on ${url}; it goes on after this command. Stop it with: slipway down`,
  },
  down: {
    nothing: 'No server runs here.',
    stopped: (pid: number) => `Stopped the server (process ${pid}).`,
    environment: (name: string) => `Shut down ${name}.`,
    named: (url: string) =>
      `down stops only the server of this folder, and you named ${url}: leave out --server and SLIPWAY_SERVER, or stop that one on its own machine`,
    underWay: (launches: number) =>
      `${plural(launches, 'launch', 'launches')} under way: without the server nothing watches and nothing goes back by itself. End it first, or stop all the same with --force; the next server goes on with it`,
    unwatched: (environment: string, version: string, share: string) =>
      `stays unwatched: ${version} with ${share} of the traffic of ${environment}`,
    unreadable: (id: string) => `${id}: its events cannot be read, so nobody knows whether it is under way`,
    cannotLook: (why: string) =>
      `nobody knows whether a launch is under way: ${why}. To stop the server all the same: slipway down --force`,
  },
  list: {
    unreadable: (id: string) => `${id}: its events cannot be read; the server's log says why`,
    omitted: (launches: number) => `… ${plural(launches, 'older launch', 'older launches')}, ended`,
  },
  done: {
    sent: (verb: string) => `Done: ${verb}.`,
    confirmed: (step: string) => `Confirmed ${step}.`,
    proposed: (title: string) => `Proposed to waive: ${title}`,
    skipped: (title: string) => `Waived: ${title}`,
    follows: (titles: string) => `next: ${titles}`,
    phrase: (phrase: string) => `The phrase: ${phrase}`,
    nothingSent: 'Nothing was confirmed.',
    typePhrase: 'Type the phrase that the plan asks for:',
    written: (file: string) => `Written to ${file}.`,
  },
  data: {
    exported: (file: string) => `Written to ${file}.`,
    moved: (file: string) =>
      `Written to ${file}. The launches go on where you import it; this data folder takes nothing up any more.`,
    imported: (done: { readonly launches: number; readonly events: number; readonly tokens: number }) =>
      `Imported ${done.launches} launches with ${done.events} events, and ${done.tokens} tokens.`,
  },
  tokens: {
    created: (id: string, person: string, role: string) =>
      `Token ${id} for ${person} (${role}). It is shown once; only its hash is kept:`,
    none: 'Nobody has a token.',
    revoked: (id: string) => `Revoked ${id}.`,
  },
  records: {
    whole: (launch: string, events: number, head: string) =>
      `The record of ${launch} is whole: ${plural(events, 'event')}, unchanged and in order. Head of the chain: ${head}`,
    broken: (why: string) => `The record is NOT whole: ${why}`,
  },
  init: {
    written: (file: string) => `Written: ${file}`,
    found: 'Found:',
    unknown: 'Could not know (look for "Fill in" in the file):',
    exists: (file: string) => `${file} exists: choose another name with --file, or overwrite it with --force`,
    next: (file: string) => `Next: slipway validate ${file}, then slipway plan ${file}`,
    commit: (file: string) => `Then commit ${file}, before slipway start: its first check wants a clean working tree`,
  },
};
