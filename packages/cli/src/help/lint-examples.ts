/** Of the verbs that give advice on a plan. */
export const LINT_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  lint: ['slipway lint', 'slipway lint launch.yaml --strict', 'slipway lint --format sarif > slipway.sarif'],
  advise: [
    'slipway advise',
    'slipway advise --change feature --users 20000 --traffic 50/s --reversible yes --instances 4 --router yes --flags no --risk high --audience b2c',
  ],
};
