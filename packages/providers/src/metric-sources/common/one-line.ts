/** Another server's words on one line, at most 300 characters. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300).toWellFormed();
