/** Stands for the version that is read: the new one and, in a reading of its own, the old one. */
export const VERSION_PLACEHOLDER = '{version}';

/** The text with the version in its place, written as `encode` says. */
export const withVersion = (text: string, version: string, encode: (version: string) => string = String): string =>
  text.replaceAll(VERSION_PLACEHOLDER, () => encode(version));
