/** Names and ids are at most this long. */
export const NAME_LENGTH = 63;

/** A title as an id: lower-case words joined by hyphens, accents and templates dropped; '' where nothing is left. */
export function slug(title: string): string {
  return title
    .replaceAll(/\{\{.*?\}\}|\{%.*?%\}/gs, ' ')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, NAME_LENGTH)
    .replace(/-+$/, '');
}
