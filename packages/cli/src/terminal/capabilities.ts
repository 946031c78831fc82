type Environment = Readonly<Record<string, string | undefined>>;

export type Language = 'en' | 'fr';

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** https://no-color.org and https://force-color.org: a non-empty NO_COLOR wins over everything. */
export function hasColor(env: Environment, output: Output): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0';
  return output.isTTY === true && env['TERM'] !== 'dumb';
}

/** POSIX: the first of LC_ALL, LC_CTYPE and LANG that is set decides. */
export function hasUnicode(env: Environment, platform: string): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  if (locale !== undefined) return /utf-?8/i.test(locale);
  return platform === 'darwin' || isSet(env['WT_SESSION']);
}

/** The first of LC_ALL, LC_MESSAGES and LANG that is set decides; English for every language that we do not speak. */
export function languageOf(env: Environment): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(isSet) ?? '';
  return /^fr(?:[_.-]|$)/i.test(locale) ? 'fr' : 'en';
}

/** A live view redraws itself: only on a terminal that can, and not where a log is kept. */
export function isLive(env: Environment, output: Output): boolean {
  return output.isTTY === true && env['TERM'] !== 'dumb' && !inCi(env);
}

/** Set to anything but false by the CI systems that are in use. */
export function inCi(env: Environment): boolean {
  return isSet(env['CI']) && env['CI'] !== 'false' && env['CI'] !== '0';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
