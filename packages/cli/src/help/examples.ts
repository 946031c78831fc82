import { CALENDAR_EXAMPLES } from './calendar-examples.ts';
import { FLAG_EXAMPLES } from './flag-examples.ts';
import { LINT_EXAMPLES } from './lint-examples.ts';
import { REHEARSAL_EXAMPLES } from './rehearsal-examples.ts';
import { REPORT_EXAMPLES } from './report-examples.ts';

/** What each verb's help shows, by the path of the verb. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  slipway: ['slipway init', 'slipway start', 'slipway status', 'slipway rollback --reason "checkout fails"'],
  init: ['slipway init', 'slipway init --file deploy/launch.yaml'],
  validate: ['slipway validate', 'slipway validate deploy/launch.yaml --json'],
  plan: ['slipway plan', 'slipway plan launch.yaml --artifact-version 2.5.1'],
  schema: ['slipway schema > launch.schema.json', 'slipway schema --policy > policy.schema.json'],
  serve: ['slipway serve', 'slipway serve --listen 127.0.0.1:7070 --data .slipway'],
  start: ['slipway start', 'slipway start launch.yaml --artifact-version 2.5.1', 'slipway start --no-watch --json'],
  status: ['slipway status', 'slipway status --launch checkout-1 --json'],
  watch: ['slipway watch', 'slipway watch --until-held'],
  approve: [
    'slipway approve go-no-go',
    'slipway approve go-no-go --reason "smoke tests seen" --facts 3f9a12bc44d0',
    'slipway approve go-no-go --condition "the backup is restored once" --condition "Dan is on call"',
  ],
  condition: ['slipway condition met go-no-go 1 --proof https://wiki.example/restore'],
  'condition met': ['slipway condition met go-no-go 1 --proof https://wiki.example/restore'],
  reject: ['slipway reject go-no-go --reason "support is not ready"'],
  confirm: ['slipway confirm reset-data', 'slipway confirm reset-data --phrase "reset production"'],
  hold: ['slipway hold --reason "looking at a spike"'],
  resume: ['slipway resume'],
  abort: ['slipway abort --reason "wrong artifact"'],
  rollback: ['slipway rollback --reason "checkout fails for guests"'],
  retry: ['slipway retry smoke', 'slipway retry'],
  skip: [
    'slipway skip smoke --reason "known to be flaky, checked by hand"',
    'slipway skip backup-is-recent --reason "restored by hand today" --until 4h',
  ],
  waiver: ['slipway waiver approve smoke'],
  'waiver approve': ['slipway waiver approve smoke'],
  task: ['slipway task done support-macros --proof https://wiki.example/macros'],
  'soak extend': ['slipway soak extend soak-staging --by 12h --reason "the weekend had no traffic"'],
  'task done': ['slipway task done support-macros --proof https://wiki.example/macros'],
  answer: ['slipway answer \'migrate:0.0\' done --reason "the table is there"'],
  ...LINT_EXAMPLES,
  ...CALENDAR_EXAMPLES,
  ...REPORT_EXAMPLES,
  list: ['slipway list', 'slipway list --json'],
  data: ['slipway data export state.ndjson --move', 'slipway data import state.ndjson --data /srv/slipway'],
  'data export': ['slipway data export state.ndjson', 'slipway data export state.ndjson --move'],
  'data import': ['slipway data import state.ndjson --data /srv/slipway'],
  judge: [
    'slipway judge replay record.json',
    'slipway judge replay series.csv --times 1.5',
    'slipway judge calibrate --environment production --metric errors',
  ],
  'judge replay': [
    'slipway report --format json --output record.json && slipway judge replay record.json',
    'slipway judge replay series.csv --times 1.5 --plus 0.2% --limit 2%',
    'slipway judge replay series.json --false-alarms 0.5% --json',
    'slipway judge replay --cases cases.json',
  ],
  'judge calibrate': [
    'slipway judge calibrate --environment production --metric errors',
    'slipway judge calibrate --plan deploy/launch.yaml --environment production --metric errors --for 1h --save shards.csv',
    'slipway judge calibrate shards.csv',
    'slipway judge calibrate shards.json --new-shards 4 --json',
  ],
  slo: ['slipway slo slo.yaml', 'slipway slo slo.yaml --events 5000000', 'slipway slo slo.yaml --json'],
  token: ['slipway token create rm@shop.example --role operator', 'slipway token list', 'slipway token revoke tok-1'],
  'token create': ['slipway token create rm@shop.example --role operator'],
  'token list': ['slipway token list'],
  'token revoke': ['slipway token revoke tok-1'],
  ...FLAG_EXAMPLES,
  ...REHEARSAL_EXAMPLES,
  down: ['slipway down', 'slipway down --environments'],
  completion: [
    'slipway completion bash > ~/.local/share/bash-completion/completions/slipway',
    'slipway completion zsh > "${fpath[1]}/_slipway"',
    'slipway completion fish > ~/.config/fish/completions/slipway.fish',
  ],
};
