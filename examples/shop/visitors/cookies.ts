/** One visitor's cookies. Keeps name and value: a visit is shorter than any cookie lives. */
export class Cookies {
  readonly #values = new Map<string, string>();

  take(setCookie: readonly string[]): void {
    for (const header of setCookie) {
      const [pair = ''] = header.split(';', 1);
      const cut = pair.indexOf('=');
      if (cut > 0) this.#values.set(pair.slice(0, cut).trim(), pair.slice(cut + 1).trim());
    }
  }

  /** The Cookie header; null while there is none. */
  header(): string | null {
    if (this.#values.size === 0) return null;
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
