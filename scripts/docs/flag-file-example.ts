/** A file with some of everything, as the reference page shows it. */
export const EXAMPLE = `$schema: https://flagd.dev/schema/v0/flags.json
flags:
  payments:
    state: ENABLED
    variants: { on: true, off: false }
    defaultVariant: on
    metadata:
      type: ops
      owner: payments-team
      purpose: Take payments at all
      expires: never
  one-click:
    state: ENABLED
    variants: { on: true, off: false }
    defaultVariant: off
    targeting:
      if:
        - $ref: staff
        - on
        - '==': [{ var: country }, FR]
        - fractional: [[on, 25], [off, 75]]
        - off
    metadata:
      type: release
      owner: checkout-team
      purpose: Pay with one click
      expires: '2027-06-30'
      requires: payments=on
$evaluators:
  staff:
    ends_with: [{ var: email }, '@shop.example']
`;

interface Fault {
  readonly what: string;
  /** In the example. */
  readonly written: string;
  readonly instead: string;
}

/** One for each kind of thing that is refused. */
export const FAULTS: readonly Fault[] = [
  { what: 'a state that is none', written: 'state: ENABLED', instead: 'state: ON' },
  { what: 'a slip in a key', written: 'defaultVariant: off', instead: 'defaultvariant: off' },
  { what: 'a variant that is not there', written: '- on\n', instead: '- onn\n' },
  { what: 'variants of two types', written: 'off: false }', instead: 'off: no }' },
  { what: 'an operator that is not there', written: 'ends_with:', instead: 'end_with:' },
  { what: 'too few arguments', written: '[{ var: country }, FR]', instead: '[{ var: country }]' },
  { what: 'a segment that is not there', written: '$ref: staff', instead: '$ref: stuff' },
  { what: 'a weight that is no whole number', written: '[on, 25]', instead: '[on, 2.5]' },
  { what: 'a flag for ever', written: "expires: '2027-06-30'", instead: 'expires: never' },
  { what: 'a day that is none', written: '2027-06-30', instead: '2027-06-31' },
  { what: 'nobody who answers for it', written: '      owner: checkout-team\n', instead: '' },
  { what: 'a requirement that cannot be read', written: 'payments=on', instead: 'payments' },
  { what: 'a key given twice', written: 'purpose: Take payments at all', instead: 'type: ops' },
  { what: 'an alias', written: 'owner: payments-team', instead: 'owner: *team' },
];
