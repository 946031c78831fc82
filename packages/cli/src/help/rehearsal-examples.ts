/** Of the verb that rehearses a plan. */
export const REHEARSAL_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  rehearse: [
    'slipway rehearse',
    'slipway rehearse launch.yaml --artifact-version 2.5.1 --json',
    'slipway rehearse --inject bad:rollout-production@25',
  ],
};
