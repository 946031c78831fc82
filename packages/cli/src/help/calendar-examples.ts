/** Of the verbs about T-0 and the calendar. */
export const CALENDAR_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  calendar: ['slipway calendar check --at 2026-11-27T15:00', 'slipway calendar export --output launch.ics'],
  'calendar check': [
    'slipway calendar check',
    'slipway calendar check launch.yaml --at 2026-11-27T15:00 --urgency hotfix-p2',
  ],
  'calendar export': ['slipway calendar export', 'slipway calendar export launch.yaml --output launch.ics'],
  slip: [
    'slipway slip --by 30m --reason "the press release is late"',
    'slipway slip shop-2 --to 2026-11-25T10:00 --reason "support is not ready"',
  ],
  'override-window': ['slipway override-window rollout-production --reason "checkout is down"'],
};
