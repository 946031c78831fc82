const passed = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'];

/** What a started process inherits: nothing else of ours, for our environment may hold secrets. */
export function minimalEnvironment(): Record<string, string> {
  const entries = passed.flatMap((key) => {
    const value = process.env[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}
