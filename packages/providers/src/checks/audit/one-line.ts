/** Another program's words on one line, at most 200 characters. */
export const oneLine = (text: string): string =>
  text
    .slice(0, 2000)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
