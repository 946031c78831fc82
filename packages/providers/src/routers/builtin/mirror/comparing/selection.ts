import type { JsonValue } from 'jsonpath-rfc9535';
import { exec } from 'jsonpath-rfc9535';

/** Places in a document, as a tree from its root. */
export interface Selection {
  /** The value here, with all below it. */
  whole: boolean;
  readonly below: Map<string | number, Selection>;
}

/** What JSON paths select in a document; null for nothing. Throws as the paths' library does. */
export function select(json: JsonValue, paths: readonly string[]): Selection | null {
  const root: Selection = { whole: false, below: new Map() };
  for (const path of paths) {
    exec(json, path, (_value, place) => {
      let here = root;
      for (const key of place) here = stepInto(here, typeof key === 'number' ? key : plain(key));
      here.whole = true;
    });
  }
  return root.whole || root.below.size > 0 ? root : null;
}

function stepInto({ below }: Selection, key: string | number): Selection {
  const known = below.get(key);
  if (known !== undefined) return known;
  const fresh: Selection = { whole: false, below: new Map() };
  below.set(key, fresh);
  return fresh;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** The library gives names as normalized paths write them: RFC 9535, 2.7. */
function plain(name: string): string {
  return name.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gs, (_all, code: string | undefined, letter: string) =>
    code === undefined ? (escapes.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
