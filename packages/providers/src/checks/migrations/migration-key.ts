/** A file's name without its ending: `001_init.up.sql` and `001_init` are the same migration. */
export const baseName = (name: string): string => name.replace(/(?:\.up)?\.(?:sql|[cm]?[jt]s)$/, '');

/** A version as Flyway compares it: `01.2.0`, `1_2` and `1.2` are the same. */
export function flywayVersion(version: string): string {
  const parts = version.split(/[._]/).map((part) => part.replace(/^0+(?=.)/, ''));
  while (parts.length > 1 && parts.at(-1) === '0') parts.pop();
  return parts.join('.');
}

/** Whether a version is not after another, number by number. */
export function isUpTo(version: string, limit: string): boolean {
  const [own, other] = [version.split('.'), limit.split('.')];
  for (let i = 0; i < Math.max(own.length, other.length); i += 1) {
    const difference = BigInt(digits(own[i])) - BigInt(digits(other[i]));
    if (difference !== 0n) return difference < 0n;
  }
  return true;
}

const digits = (part: string | undefined): string => (/^\d+$/.test(part ?? '') ? (part ?? '0') : '0');
