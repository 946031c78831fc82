import type { OxlintConfig, OxlintOverride } from 'oxlint';

type Pattern = { regex: string; message: string; allowTypeImports?: true } | { group: string[]; message: string };

// oxlint drops a regex with look-around without a word, so these do without. test/house-rules.test.ts holds each of them.
const path: Pattern = {
  regex: '^(\\.\\./)+(packages/|([^./][^/]*/)+src(/|$))|^@slipway/[^/]+/src(/|$)',
  message: 'Reach another package by its name and through what it exports, never by a path.',
};
const noLibrary: Pattern = {
  regex: '^([^.@]|@([^s]|s[^l]|sl[^i]))',
  message: 'This room depends on nothing: no library, no node: builtin.',
};
const noBuiltin: Pattern = { regex: '^node:', message: 'This room is pure: no node: builtin.' };
const noBuiltinButCrypto: Pattern = {
  regex: '^node:([^c]|c[^r])',
  message: 'This room is pure: of the node: builtins only node:crypto, for digests.',
};
const planTypesOnly: Pattern = {
  regex: '^@slipway/plan$',
  allowTypeImports: true,
  message: "This room uses the plan's types, not its code.",
};

/** Refuses every room that is not named. A group with a negation ends the search where it spares, so it stands last. */
const onlyRooms = (...allowed: string[]): Pattern => ({
  group: ['slipway', '@slipway/**', ...allowed.map((room) => `!@slipway/${room}`)],
  message: `This room may import ${allowed.length > 0 ? `only the rooms ${allowed.join(', ')}` : 'no other room'}.`,
});
const anyRoomBut = (...refused: string[]): Pattern => ({
  group: refused,
  message: `This room may import any room but ${refused.join(', ')}.`,
});

const restrict = (files: string[], ...patterns: Pattern[]): OxlintOverride => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [path, ...patterns] }] },
});
const room = (name: string, ...patterns: Pattern[]) => restrict([`packages/${name}/**`], ...patterns);
const testsOf = (name: string, ...patterns: Pattern[]) =>
  restrict([`packages/${name}/**/*.test.ts`, `packages/${name}/**/testing/**`], ...patterns);

/** Which way imports run, room by room; a room's tests are held to its rooms, not to its purity. */
const rooms = [
  room('plan', noBuiltinButCrypto, onlyRooms()),
  testsOf('plan', onlyRooms()),
  room('core', noLibrary, planTypesOnly, onlyRooms('plan')),
  testsOf('core', onlyRooms('plan')),
  room('judge', noLibrary, onlyRooms()),
  testsOf('judge', onlyRooms()),
  room('flags', noBuiltin, onlyRooms()),
  testsOf('flags', onlyRooms()),
  room('contract', onlyRooms()),
  room('provider-kit', planTypesOnly, onlyRooms('plan')),
  room('providers', onlyRooms('provider-kit')),
  testsOf('providers', onlyRooms('provider-kit', 'provider-kit/testing')),
  room('engine', onlyRooms('core', 'judge', 'flags', 'provider-kit', 'plan')),
  testsOf('engine', onlyRooms('core', 'judge', 'flags', 'provider-kit', 'provider-kit/testing', 'plan')),
  room('server', anyRoomBut('slipway', '@slipway/cli', '@slipway/web')),
  room('rehearsal', onlyRooms('core', 'engine', 'plan', 'provider-kit')),
  testsOf('rehearsal', onlyRooms('core', 'engine', 'plan', 'provider-kit', 'providers')),
  room('cli', onlyRooms('contract', 'judge')),
  // The one command that runs launches without a server.
  restrict(['packages/cli/src/rehearse/**'], onlyRooms('contract', 'judge', 'providers', 'rehearsal')),
  room('web', onlyRooms('contract')),
  restrict(['simulation/**'], onlyRooms('core', 'engine', 'plan', 'judge', 'provider-kit', 'rehearsal')),
];

const asData = 'Pure code: time, ids and randomness come in as data.';
const impureGlobals = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'process',
  'crypto',
  'performance',
];
const purity: OxlintOverride = {
  files: ['plan', 'core', 'judge', 'flags'].map((name) => `packages/${name}/src/**`),
  excludeFiles: ['**/*.test.ts', '**/testing/**'],
  rules: {
    'no-restricted-globals': [
      'error',
      { checkGlobalObject: true, globals: impureGlobals.map((name) => ({ name, message: asData })) },
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Math', property: 'random', message: asData },
      { object: 'Temporal', property: 'Now', message: asData },
      { object: 'DateTime', property: 'now', message: asData },
      { object: 'DateTime', property: 'local', message: asData },
    ],
  },
};

const noModuleMock = 'No module mocks: use a fake that passes the conformance suite of its port.';

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'vitest'],
  categories: { correctness: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['**/dist/**', '**/coverage/**', '**/.slipway/**', '**/.demo/**'],
  rules: {
    'no-restricted-imports': ['error', { patterns: [path] }],
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/consistent-type-imports': 'error',
    // `import { type A }` still loads the module when types are stripped; `import type { A }` does not.
    'typescript/no-import-type-side-effects': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    // No default: a new event must break the build.
    'typescript/switch-exhaustiveness-check': [
      'error',
      { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
    ],
    eqeqeq: 'error',
    'prefer-const': 'error',
    'no-console': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'assert', 'assert*', 'fc.assert'] }],
    'vitest/no-restricted-vi-methods': ['error', { mock: noModuleMock, doMock: noModuleMock }],
  },
  overrides: [
    ...rooms,
    purity,
    {
      files: ['packages/cli/**', 'packages/providers/src/*/console/**', 'scripts/**', 'examples/**', 'bench/**'],
      rules: { 'no-console': 'off' },
    },
    { files: ['**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
  ],
} satisfies OxlintConfig;
