/** What the help of each verb about flags shows. */
export const FLAG_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  flags: [
    'slipway flags apply flags/shop.yaml --set shop.production --create',
    'slipway flags show shop.production new-checkout',
    'slipway flags ramp shop.production new-checkout --percent 25',
    'slipway kill new-checkout --reason "payments fail"',
  ],
  'flags list': ['slipway flags list', 'slipway flags list shop.production'],
  'flags show': ['slipway flags show shop.production new-checkout'],
  'flags history': [
    'slipway flags history shop.production',
    'slipway flags history shop.production new-checkout --limit 10',
  ],
  'flags validate': ['slipway flags validate flags/*.yaml'],
  'flags apply': [
    'slipway flags apply flags/*.yaml --set shop.production --dry-run',
    'slipway flags apply flags/shop.yaml --set shop.staging --create',
  ],
  'flags define': ['slipway flags define shop.production new-checkout --file flags/shop.yaml'],
  'flags remove': ['slipway flags remove shop.production old-banner --reason "its code is gone"'],
  'flags ramp': [
    'slipway flags ramp shop.production new-checkout --percent 25',
    'slipway flags ramp shop.production new-checkout --segment internal --percent 10 --of beta',
    'slipway flags ramp shop.production new-checkout --percent 5 --to 100 --over 6h --every 30m',
  ],
  'flags end-ramp': ['slipway flags end-ramp shop.production new-checkout'],
  'flags schedule': [
    'slipway flags schedule shop.production new-checkout --at 2026-11-24T10:00 --percent 50',
    'slipway flags schedule shop.production sale --at 2026-11-30T23:59Z --kill --reason "the sale ends"',
  ],
  'flags cancel': ['slipway flags cancel shop.production 3f9a12bc'],
  'flags proposals': ['slipway flags proposals shop.production'],
  'flags approve': ['slipway flags approve shop.production 3f9a12bc'],
  'flags reject': ['slipway flags reject shop.production 3f9a12bc --reason "not before the sale"'],
  'flags policy': [
    'slipway flags policy shop.production',
    'slipway flags policy shop.production --file flags/policy.yaml',
  ],
  'flags stale': ['slipway flags stale', 'slipway flags stale shop.production --check'],
  'flags status': ['slipway flags status shop.production'],
  'flags evaluate': [
    'slipway flags evaluate shop.production new-checkout --context \'{"targetingKey":"u1","country":"FR"}\'',
  ],
  'flags keys': ['slipway flags keys create shop.production --kind server', 'slipway flags keys list shop.production'],
  'flags keys list': ['slipway flags keys list shop.production'],
  'flags keys create': ['slipway flags keys create shop.production --kind client'],
  'flags keys revoke': ['slipway flags keys revoke shop.production 6b1f0c52-1f0e-4b3a-9f0e-0d9b4c8f2a11'],
  kill: [
    'slipway kill new-checkout --reason "payments fail"',
    'slipway kill banner --set shop.production --reason "wrong price"',
  ],
  unkill: ['slipway unkill new-checkout --reason "mended in 2.4.1"'],
};
