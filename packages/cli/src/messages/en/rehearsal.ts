/** What is said of a rehearsal. */
export const rehearsal = {
  summary: (launch: string, version: string, scenarios: number, good: number) =>
    `${launch} ${version}: ${good} of ${scenarios} scenarios ended as the plan wants.`,
  progress: (done: number, of: number, id: string) => `rehearses ${done} of ${of}: ${id}`,
  ends: {
    completed: 'completed',
    scrubbed: 'called off',
    'rolled-back': 'rolled back',
    'rollback-incomplete': 'ROLLBACK INCOMPLETE',
    held: 'HELD, nobody comes',
    stuck: 'STUCK',
  },
  lasted: (span: string) => `after ${span}`,
  detected: (span: string) => `noticed after ${span}`,
  back: (span: string) => `all back after ${span}`,
  notMet: 'what should go wrong never came about',
  cause: (cause: string) => `why: ${cause}`,
  message: (channel: string, title: string) => `told ${channel}: ${title}`,
  lost: (channel: string, title: string) => `NOT told ${channel}: ${title}`,
  asked: (who: string, what: string) => `asked ${who}: ${what}`,
  anybody: 'whoever is there',
  asks: {
    go: (about: string) => `GO or NO-GO on ${about}`,
    confirm: (about: string) => `the phrase of ${about}`,
    task: (about: string) => `to do ${about} and prove it`,
    answer: (about: string) => `whether ${about} was done`,
    decide: (about: string) => `what to do about ${about}`,
    mend: (_about: string) => 'to mend the incomplete way back',
  },
  broken: (name: string, why: string) => `BROKEN, ${name}: ${why}`,
  leftDone: (step: string, because: string) => `stays done, ${step}: ${because}`,
  never: 'Never exercised',
  neverNothing: 'Everything in the plan was exercised.',
  neverStep: (step: string) => `step ${step} never passed`,
  neverAnnounced: (on: string, title: string) => `the announcement on ${on} never left: ${title}`,
  neverBack: (step: string) => `${step} was never taken back`,
  noWayBack: (step: string, because: string) => `${step} has no way back: ${because}`,
  neverMet: (id: string) => `what should go wrong in ${id} never came about`,
  idle: {
    'never-fails': (step: string, condition: string) => `nothing makes this condition of ${step} fail: ${condition}`,
    'never-holds': (step: string, condition: string) => `nothing makes this condition of ${step} hold: ${condition}`,
  },
  unknown: (id: string) => `this plan has no scenario called ${id}; it has:`,
  invalid: (file: string) => `${file} cannot be rehearsed: mend the plan first`,
  notInstalled: 'rehearsals are not installed beside this command: install Slipway whole',
};

export const rehearsalVerbs = {
  rehearse: 'run the whole plan in virtual time, with every way back, before T-0',
};

export const rehearsalOptions = {
  inject:
    'one scenario only, with its time-line: good, fail:, no-go:, expire:, choose:, bad:, silent:, too-few:, trigger:, alert:, soak-check:, soak-unasked:, review:, extend:, freeze:, slip:t0, unknown:, mute:, abort:, rollback:, back-fails:, crash:; as bad:rollout-production@25',
};
