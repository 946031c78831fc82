/** A URL as it may be shown: the values of its query often are keys, and so may be what follows a #. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  const names = [...new Set(url.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`);
  return `${url.origin}${url.pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`;
}
