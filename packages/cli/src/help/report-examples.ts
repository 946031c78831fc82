/** What the help of the verbs about documents and evidence shows. */
export const REPORT_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  report: [
    'slipway report',
    'slipway report --format json --output record.json',
    'slipway report checkout-1 --as post-mortem --out post-mortem.md',
    'slipway report checkout-1 --as changelog --from v2.4.0',
    'slipway report checkout-1 --as deployment --format pdf --out deployment.pdf --lang fr',
  ],
  verify: ['slipway verify record.json', 'slipway verify evidence --key record-key.pub.pem'],
  hotfixes: ['slipway hotfixes', 'slipway hotfixes --since 30d --format markdown'],
  dora: ['slipway dora --since 90d', 'slipway dora --since 2026-01-01 --repository ../shop --json'],
  record: ['slipway record key create', 'slipway record bundle checkout-1 --out evidence'],
  'record key': ['slipway record key create'],
  'record key create': ['slipway record key create', 'slipway record key create --export record-key.pub.pem'],
  'record bundle': ['slipway record bundle checkout-1 --out evidence'],
};
