export const lintVerbs = {
  lint: 'red flags: in which way launches go wrong although the plan is valid; ends with 2 where there is an error',
  advise: 'recommend how to launch a change, and say why; asks on a terminal what the options do not say',
};

export const lintOptions = {
  lintFormat: 'text to read, sarif (2.1.0) for code scanning',
  strict: 'warnings end with 2 as well',
  change: 'what is launched: a feature, a migration of data, or a change of infrastructure or settings',
  users: 'how many people use it',
  traffic: 'requests that production answers: 50/s, 3000/min',
  reversible: 'whether the old version still runs after the change',
  instances: 'how many instances serve production',
  router: 'whether something can split the traffic between two versions',
  flags: 'whether the code has feature flags',
  risk: 'high: a failure hurts the business at once',
  audience: 'people at home, or businesses',
  compliance: 'whether rules ask for one whole version at a time (default: no)',
  loadUnproven: 'whether it must be seen first how it bears the load (default: no)',
  fixedDate: 'whether a date is set on which all have it (default: no)',
};
