import { describe, expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

/** `needle` stands for the one line that is replaced; the positions are those of the replaced line. */
const PLAN = `launch: shop
artifact: { name: shop, version: 1.0.0 }
zone: UTC
t0: 2026-11-24T10:00
people: { rm: [ann@shop] }
environments: { live: { tier: production, target: { process: { command: [a] } } } }
metrics: { errors: { from: router, ratio: server-errors } }
channels: { team: { slack: { url: { env: HOOK } } } }
phases: [{ phase: main, steps: [{ wait: A, for: 1m }] }]
announcements: [{ on: held, to: [team], title: T, text: T }]
`;

function withLine(line: number, text: string): string {
  const lines = PLAN.split('\n');
  lines[line - 1] = text;
  return lines.join('\n');
}

test('the plan that the table changes is right', () => {
  expect(problemsIn(PLAN)).toEqual([]);
});

describe('the head of a plan', () => {
  test.each([
    [1, 'launch: Shop 2', '1:9: "launch" is "Shop 2", expected lower-case words joined by hyphens, such as go-no-go'],
    [1, 'lunch: shop', '1:1: unknown key "lunch", did you mean "launch"?'],
    [1, 'launch: 5', '1:9: "launch" is 5, expected lower-case words joined by hyphens, such as go-no-go'],
    [1, '', '2:1: "launch" is missing, expected lower-case words joined by hyphens, such as go-no-go'],
    [2, 'artifact: { name: shop, version: 2.10 }', '2:34: "version" is 2.1, expected a text: put it in quotes, "2.10"'],
    [
      2,
      'artifact: { name: shop, version: a b }',
      '2:34: "version" is "a b", expected a version such as 2.2.0, at most 100 letters, digits, dots, hyphens',
    ],
    [
      2,
      'artifact: { name: shop }',
      '2:11: artifact.version is missing and none was given at start, expected a version such as 2.2.0, here or at start',
    ],
    [2, 'artifact: { version: 1.0.0, gti: v1 }', '2:29: unknown key "gti", did you mean "git"?'],
    [
      2,
      'artifact: { name: shop, version: 1.0.0, git: "v{{ artifact.versoin }}" }',
      '2:51: there is no variable "artifact.versoin" here, did you mean "artifact.version"?',
    ],
    [3, 'zone: Europe/Pari', '3:7: "zone" is "Europe/Pari", expected a time zone such as Europe/Paris or UTC'],
    [
      4,
      't0: 2026-11-24T10:00Z',
      '4:5: "t0" is "2026-11-24T10:00Z", expected a local date and time without offset, such as 2026-11-24T10:00',
    ],
    [4, 't0: 2026-02-30T10:00', '4:5: "2026-02-30T10:00" is not a date and time, expected a local time that exists'],
    [
      5,
      'people: { RM: [ann@shop] }',
      '5:11: the name "RM" has the wrong form, expected lower-case words joined by hyphens, such as go-no-go',
    ],
    [5, 'people: { rm: [] }', '5:15: "rm" has too few items, expected at least 1'],
    [
      5,
      'people: { rm: [ann smith] }',
      '5:16: item 1 of "rm" is "ann smith", expected an id without spaces, such as rm@shop.example',
    ],
    [5, 'people: { rm: [ann@shop, ann@shop] }', '5:26: "ann@shop" is listed twice'],
    [5, 'people: { rm: ann@shop }', '5:15: "rm" is "ann@shop", expected a list'],
    [
      6,
      'environments: { live: { tier: prod, target: { process: { command: [a] } } } }',
      '6:31: "tier" is "prod", expected production or staging',
    ],
    [
      6,
      'environments: { live: { target: { process: { command: [a] } } } }',
      '6:23: "tier" is missing in "live", expected production or staging',
    ],
    [
      6,
      'environments: { live: { tier: production } }',
      '6:23: "target" names no target, expected exactly one of process or static with its settings',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { proces: {} } } }',
      '6:53: there is no target "proces", did you mean "process"?',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { process: { command: npm start } } } }',
      '6:73: "command" is a text, expected a list',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { process: } } }',
      '6:62: "process" is empty, expected a map of keys and values',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { process: { command: [a] } }, roter: {} } }',
      '6:82: unknown key "roter", did you mean "router"?',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { process: { command: [a] } }, traffic: 50 } }',
      '6:91: "traffic" is 50, expected how many requests come in a time, such as 50/s, 3000/min or 1800/h',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { process: { command: [a] } }, traffic: 50/d } }',
      '6:91: "traffic" is "50/d", expected how many requests come in a time, such as 50/s, 3000/min or 1800/h',
    ],
    [
      6,
      'environments: { live: { tier: production, target: { process: { command: [a] } }, trafic: 50/s } }',
      '6:82: unknown key "trafic", did you mean "traffic"?',
    ],
    [
      7,
      'metrics: { errors: { from: routr, ratio: server-errors } }',
      '7:28: "from" is "routr" (did you mean "router"?), expected router, flag or prometheus',
    ],
    [
      7,
      'metrics: { errors: { ratio: server-errors } }',
      '7:20: "from" is missing in "errors", expected router, flag or prometheus',
    ],
    [
      7,
      'metrics: { p99-latency: { from: router, quantile: 0.99 } }',
      '7:12: the name "p99-latency" has the wrong form, expected a lower-case word without hyphens that is no word of CEL, such as error_rate',
    ],
    [
      7,
      'metrics: { while: { from: router, quantile: 0.99 } }',
      '7:12: the name "while" has the wrong form, expected a lower-case word without hyphens that is no word of CEL, such as error_rate',
    ],
    [
      7,
      'metrics: { list: { from: router, quantile: 0.99 } }',
      '7:12: the name "list" has the wrong form, expected a lower-case word without hyphens that is no word of CEL, such as error_rate',
    ],
    [7, 'metrics: { slow: { from: router, quantile: 2 } }', '7:44: "quantile" is 2, expected less than 1'],
    [
      8,
      'channels: { team: { slack: { url: "https://hooks.slack.com/x" } } }',
      `8:35: never write a secret in the plan: "url" is a text, expected { env: NAME }, the name of a variable of Slipway's server`,
    ],
    [8, 'channels: { team: { slack: { url: { evn: HOOK } } } }', '8:37: unknown key "evn", did you mean "env"?'],
    [
      8,
      'channels: { team: { slack: { url: { env: HOOK } }, console: {} } }',
      '8:52: "team" names two: slack and console, expected exactly one of slack or console with its settings',
    ],
    [
      8,
      'channels: { team: {} }',
      '8:19: "team" names no channel, expected exactly one of slack or console with its settings',
    ],
    [9, 'phases: []', '9:9: "phases" has too few items, expected at least 1'],
    [9, 'phases: { main: [] }', '9:9: "phases" is a map, expected a list'],
    [9, 'phases: [{ phase: main }]', '9:10: "steps" is missing, expected a list'],
    [
      9,
      'phases: [{ steps: [{ wait: A, for: 1m }] }]',
      '9:10: "phase" is missing, expected lower-case words joined by hyphens, such as go-no-go',
    ],
    [
      9,
      'phases: [{ phase: a, steps: [{ wait: A, for: 1m }] }, { phase: a, steps: [{ wait: B, for: 1m }] }]',
      '9:64: there is another phase "a" before it',
    ],
    [
      9,
      `phases: [{ phase: a, steps: [${'{ wait: A, for: 1m },'.repeat(501)}] }]`,
      '9:29: the plan has more than 500 steps, expected at most 500',
    ],
    [
      10,
      'announcements: [{ on: hold, to: [team], title: T, text: T }]',
      '10:23: "on" is "hold" (did you mean "held"?), expected started, soaking, review-overdue, held, resumed, turning-back, rolled-back, rollback-incomplete, scrubbed, completed or t0-moved',
    ],
    [
      10,
      'announcements: [{ on: held, to: [taem], title: T, text: T }]',
      '10:34: there is no channel "taem", did you mean "team"?',
    ],
    [
      10,
      'announcements: [{ on: held, to: [team], title: "{{ x }}", text: T }]',
      '10:52: there is no variable "x" here, only launch.…, artifact.…, facts.…, person, links.… and words.…',
    ],
  ])('line %d: %s', (line, text, problem) => {
    expect(problemsIn(withLine(line, text))).toContain(problem);
  });
});

describe('of several keys that could be meant, the problem names the right one', () => {
  test.each([
    [1, 'lunch: shop', '1:1: unknown key "lunch", did you mean "launch"?'],
    [9, 'phaes: [{ phase: main, steps: [{ wait: A, for: 1m }] }]', '9:1: unknown key "phaes", did you mean "phases"?'],
    [
      6,
      'environments: { live: { tier: production, traget: { process: { command: [a] } } } }',
      '6:43: unknown key "traget", did you mean "target"?',
    ],
    [7, 'metrics: { e: { form: router, quantile: 0.9 } }', '7:17: unknown key "form", did you mean "from"?'],
    [7, 'metrics: { e: { from: router, quantil: 0.9 } }', '7:31: unknown key "quantil", did you mean "quantile"?'],
    [7, 'metrics: { e: { from: router, rato: server-errors } }', '7:31: unknown key "rato", did you mean "ratio"?'],
    [7, 'metrics: { e: { from: router, quantil: 2 } }', '7:31: unknown key "quantil", did you mean "quantile"?'],
    [7, 'metrics: { e: { from: prometheus, qeury: up } }', '7:35: unknown key "qeury", did you mean "query"?'],
    [7, 'metrics: { e: { from: router } }', '7:15: "ratio" or "quantile" is missing in "e"'],
    [
      7,
      'metrics: { e: { from: router, ratio: server-errors, rate: 1, perc: 9 } }',
      '7:53: unknown key "rate", expected ratio or quantile',
      '7:62: unknown key "perc", expected ratio or quantile',
    ],
    [
      7,
      'metrics: { e: { from: router, quantile: 0.9, ratio: server-errors } }',
      '7:31: "quantile" does not go with ratio, expected one or the other',
    ],
    [8, 'channels: { team: { slack: { url: { fiel: /hook } } } }', '8:37: unknown key "fiel", did you mean "file"?'],
    [8, 'channels: { team: { slack: { url: {} } } }', '8:35: "env" or "file" is missing in "url"'],
  ])('line %d: %s', (line, text, ...problems) => {
    expect(problemsIn(withLine(line, text))).toEqual(problems);
  });
});

describe('an empty text is called empty', () => {
  const message = (on: string): string => `announcements: [{ on: held, to: [team], ${on} }]`;
  test.each([
    [10, message("title: T, text: ''"), '10:57: "text" is empty, expected a text'],
    [10, message('title: T, text: "  "'), '10:57: "text" is empty, expected a text'],
    [10, message('title: T, text:'), '10:57: "text" is empty, expected a text'],
    [10, message("title: '', text: T"), '10:48: "title" is empty, expected a text'],
    [3, "title: ''", '3:8: "title" is empty, expected a text'],
    [7, "metrics: { e: { from: prometheus, query: '' } }", '7:42: "query" is empty, expected a text'],
    [3, "zone: ''", '3:7: "zone" is empty, expected a time zone such as Europe/Paris or UTC'],
    [
      8,
      "channels: { team: { slack: { url: { env: '' } } } }",
      '8:42: "env" is empty, expected the name of an environment variable, such as API_TOKEN',
    ],
  ])('line %d: %s', (line, text, problem) => {
    expect(problemsIn(withLine(line, text))).toEqual([problem]);
  });
});

describe('the form of a step', () => {
  test.each([
    [
      '- foo: bar',
      '13:9: this step is of no kind, expected one of the keys check, run, deploy, soak, signoff, task, rollout, announce or wait',
    ],
    ['- runn: Build', '13:9: unknown key "runn", did you mean "run"?'],
    [
      '- just a text',
      '13:9: a step is a map, expected one that begins with check, run, deploy, soak, signoff, task, rollout, announce or wait',
    ],
    ['- wait: A\n  run: B', '13:9: a step is of one kind, this one is run and wait, expected one step for each'],
    ['- check: A', '13:9: this step names no check, expected exactly one of git or http with its settings'],
    ['- check: A\n  gti: { clean: true }', '14:9: unknown key "gti", did you mean "git"?'],
    [
      '- check: A\n  git: {}\n  http: { url: "https://a.example" }',
      '15:9: this step names two checks: git and http, expected exactly one of git or http with its settings',
    ],
    ['- check: A\n  git: { clean: "yes" }', '14:23: "clean" is a text, expected true or false'],
    [
      '- check: A\n  git: { tag: "{{ artifact.vers }}" }',
      '14:25: there is no variable "artifact.vers" here, did you mean "artifact.version"?',
    ],
    [
      '- check: A\n  http: { url: "{{ artifact.name }}" }',
      '14:22: "url" is a text, expected an address such as https://shop.example',
    ],
    ['- check: A\n  git: {}\n  attempts: 0', '15:19: "attempts" is 0, expected at least 1'],
    [
      '- run: A\n  command: npm run build\n  effect: read-only',
      '14:18: "command" is "npm run build", expected a list of words, such as [npm, run, build]; no shell reads it',
    ],
    [
      '- run: A\n  command: [""]\n  effect: read-only',
      '14:18: "command" is a list, expected the name of a command as its first word',
    ],
    ['- run: A\n  command: []\n  effect: read-only', '14:18: "command" has too few items, expected at least 1'],
    [
      '- run: A\n  command: [a, "b\\0"]\n  effect: read-only',
      '14:22: item 2 of "command" is "b ", expected a text without \\0',
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  env: { A: "b\\0" }',
      '16:19: "A" is a text, expected a text without \\0',
    ],
    ['- run: A\n  command: [a]', '13:9: "effect" is missing, expected read-only or executive'],
    [
      '- run: A\n  command: [a]\n  effect: readonly',
      '15:17: "effect" is "readonly" (did you mean "read-only"?), expected read-only or executive',
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  timeout: 10',
      '16:18: "timeout" is 10, expected a duration such as 30s, 10m or 1h30m',
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  timeout: 0s',
      '16:18: "timeout" is "0s", expected at least 1ms and at most ten years',
    ],
    [
      '- run: A\n  command: [a, 5]\n  effect: read-only',
      '14:22: item 2 of "command" is 5, expected a text: put it in quotes, "5"',
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  directory: ../other',
      `16:20: "directory" is "../other", expected a folder inside the plan's own, such as . or scripts`,
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  directory: /etc',
      `16:20: "directory" is "/etc", expected a folder inside the plan's own, such as . or scripts`,
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  env: { PORT: 80 }',
      '16:22: "PORT" is 80, expected a text or a map with env or file',
    ],
    [
      '- run: A\n  command: [a]\n  effect: read-only\n  env: { T: { env: "xoxb-1" } }',
      '16:26: "env" is a text, expected the name of an environment variable, such as API_TOKEN',
    ],
    [
      '- run: A\n  command: [a]\n  effect: executive\n  undo: down.sh',
      '16:15: "undo" is "down.sh", expected a map with command, timeout, env, directory or none',
    ],
    [
      '- run: A\n  command: [a]\n  effect: executive\n  undo: { comand: [b] }',
      '16:17: unknown key "comand", did you mean "command"?',
    ],
    [
      '- run: A\n  command: [a]\n  effect: executive\n  undo: { non: x }',
      '16:17: unknown key "non", did you mean "none"?',
    ],
    [
      '- run: A\n  command: [a]\n  effect: executive\n  undo: { none: x, command: [b] }',
      '16:17: "none" does not go with command, expected one or the other',
    ],
    ['- run: A\n  command: [a]\n  effect: executive\n  undo: {}', '16:15: "command" or "none" is missing in "undo"'],
    [`- deploy: ${'a'.repeat(64)}`, '13:17: "deploy" is too long, expected at most 63 characters'],
    ['- soak: staging\n  for: 5m\n  while: []', '15:16: "while" has too few items, expected at least 1'],
    [
      '- deploy: staging\n  retries: 3',
      '14:9: unknown key "retries", expected deploy, timeout, attempts, id, needs, track or on-fail',
    ],
    [
      '- soak: staging\n  for: 5 minutes\n  while: ["errors.new < 1"]',
      '14:14: "for" is "5 minutes", expected a duration such as 30s, 10m or 1h30m',
    ],
    [
      '- soak: staging\n  for: 5m\n  while: errors.new < 1',
      '15:16: "while" is "errors.new < 1", expected a list of conditions, such as ["errors.new < 0.01"]',
    ],
    [
      '- soak: staging\n  for: 5m',
      '13:9: nothing judges the version that soaks, expected "judge" with at least one metric, or "while" with at least one condition',
    ],
    ['- signoff: go', '13:9: "by" is missing, expected a map of keys and values'],
    ['- signoff: go\n  by: {}', '14:13: "by" is a map, expected at least one role, such as {tech-lead: 1}'],
    ['- signoff: go\n  by: { rm: 1.5 }', '14:19: "rm" is 1.5, expected a whole number'],
    [
      '- task: A\n  owner: rm\n  proof: photo',
      '15:16: "proof" is "photo", expected url, text, file, value or screenshot or a map with url',
    ],
    ['- task: A\n  owner: rm\n  proof: { url: { state: 200 } }', '15:25: unknown key "state", did you mean "status"?'],
    ['- task: A\n  owner: rm\n  proof: { url: { status: 2 } }', '15:33: "status" is 2, expected at least 100'],
    [
      '- task: A\n  owner: rm\n  valid-for: 1ms',
      '15:20: "valid-for" is "1ms", expected at least 1s and at most ten years',
    ],
    [
      '- task: A\n  owner: rm\n  due: tomorrow',
      '15:14: "due" is "tomorrow", expected a time relative to T-0, such as T-30m, T-0 or T+1h',
    ],
    [
      '- rollout: production\n  strategy: canery\n  steps: [{ weight: 100, hold: 1m }]',
      '14:19: "strategy" is "canery" (did you mean "canary"?), expected canary, blue-green, big-bang, rolling or dark-launch',
    ],
    [
      '- rollout: production\n  stratgy: canary\n  steps: [{ weight: 100, hold: 1m }]',
      '14:9: unknown key "stratgy", did you mean "strategy"?',
    ],
    [
      '- rollout: production\n  strategy: canary\n  steps: [{ weight: 120, hold: 1m }]',
      '15:27: "weight" is 120, expected at most 100',
    ],
    [
      '- rollout: production\n  strategy: canary\n  steps: [{ weight: 5.5, hold: 1m }]',
      '15:27: "weight" is 5.5, expected a whole number',
    ],
    [
      '- rollout: production\n  strategy: canary\n  steps: [{ weight: 100, hodl: 1m }]',
      '15:32: unknown key "hodl", did you mean "hold"?',
    ],
    [
      '- rollout: production\n  strategy: rolling\n  max-surge: some\n  steps: [{ weight: 100, hold: 1m }]',
      '15:20: "max-surge" is "some", expected a number of instances or a share of them, such as 1 or 25%',
    ],
    [
      '- rollout: production\n  strategy: rolling\n  max-surge: 120%\n  steps: [{ weight: 100, hold: 1m }]',
      '15:20: "max-surge" is "120%", expected a number of instances or a share of them, such as 1 or 25%',
    ],
    [
      '- rollout: production\n  strategy: rolling\n  max-surge: [1]\n  steps: [{ weight: 100, hold: 1m }]',
      '15:20: "max-surge" is a list, expected a number of instances or a share of them, such as 1 or 25%',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { methods: [get] }',
      '16:29: item 1 of "methods" is "get" (did you mean "GET"?), expected GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { methods: [] }',
      '16:28: "methods" has too few items, expected at least 1',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { compare: { body: all } }',
      '16:36: "body" is "all", expected none or a map with only or ignore',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { compare: { body: { only: [items] } } }',
      '16:45: item 1 of "only" is "items", expected a JSON path (RFC 9535) such as $.items[*].price',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { compare: { body: { ignored: ["$.now"] } } }',
      '16:38: unknown key "ignored", did you mean "ignore"?',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { compare: { boddy: none } }',
      '16:30: unknown key "boddy", did you mean "body"?',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: { method: [GET] }',
      '16:19: unknown key "method", did you mean "methods"?',
    ],
    [
      '- rollout: production\n  strategy: dark-launch\n  steps: [{ weight: 100, hold: 1m }]\n  mirror: [GET]',
      '16:17: "mirror" is a list, expected a map of keys and values',
    ],
    [
      '- rollout: production\n  strategy: rolling\n  max-unavailable: -1\n  steps: [{ weight: 100, hold: 1m }]',
      '15:26: "max-unavailable" is -1, expected at least 0',
    ],
    ['- announce: A\n  to: team\n  text: T', '14:13: "to" is "team", expected a list'],
    ['- wait: A\n  for: 1m\n  on-fail: retry', '15:18: "on-fail" is "retry", expected hold, page or rollback'],
    ['- wait: |\n    A\n    B\n  for: 1m', '13:15: "wait" is "A B ", expected one line without control characters'],
    ['- wait: "A\\e[2JB"\n  for: 1m', '13:15: "wait" is "A [2JB", expected one line without control characters'],
    ['- wait: ""\n  for: 1m', '13:15: "wait" is empty, expected a text'],
    ['- wait: A\n  for: 1m\n  <<: { id: x }', '15:9: unknown key "<<"; merge keys are not part of a plan'],
  ])('%s', (step, problem) => {
    expect(problemsIn(withSteps(step))).toEqual([problem]);
  });
});

test('a version comes from the plan or from the start, not from both', () => {
  const open = withLine(2, 'artifact: { name: shop }');
  expect(problemsIn(open, { artifactVersion: '2.0.0' })).toEqual([]);
  expect(problemsIn(open, { standInVersion: '0.0.0' })).toEqual([]);
  expect(problemsIn(PLAN, { artifactVersion: '1.0.0' })).toEqual([]);
  expect(problemsIn(PLAN, { artifactVersion: '2.0.0' })).toEqual([
    '2:34: the plan is for version 1.0.0, but 2.0.0 was given at start, expected one of the two to be left out',
  ]);
  expect(problemsIn(open, { artifactVersion: '../x' })).toEqual([
    '2:11: the version given at start is not a version, expected one such as 2.2.0',
  ]);
});

test('everything that is wrong is told at once, in the order of the file', () => {
  const text = withSteps('- wait: A\n- deploy: stagin\n- run: B\n  comand: [a]\n  effect: read-only').replace(
    'zone',
    'zon',
  );
  expect(problemsIn(text)).toEqual([
    '13:9: this wait never ends, expected either "for: 10m" or "until: T-0"',
    '14:17: there is no environment "stagin", did you mean "staging"?',
    '16:9: unknown key "comand", did you mean "command"?',
  ]);
});

test('an alias in moderation is fine, and problems point at its anchor', () => {
  const two = (command: string): string =>
    `environments:\n  a: { tier: staging, target: &t { process: { command: ${command} } } }\n  b: { tier: staging, target: *t }`;
  expect(problemsIn(withLine(6, two('[a]')))).toEqual([]);
  expect(problemsIn(withLine(6, two('a')))).toEqual([
    '7:56: "command" is a text, expected a list',
    '7:56: "command" is a text, expected a list',
  ]);
});
