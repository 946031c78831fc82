/** The unfinished word at the edge of a cut: it could be the first half of a secret, which redaction does not know. */
const LAST_WORD = /[^\s"'=:;,&]{1,512}$/;

/** The first `limit` characters of a longer text, without an unfinished word at the end; a text that fits is left as it is. */
export function cutAtWord(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(LAST_WORD, '').toWellFormed();
}
