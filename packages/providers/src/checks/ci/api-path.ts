import { TerminalError } from '@slipway/provider-kit';

export const PER_PAGE = 100;

/** Parts of an address, each encoded. One that is empty or only dots would lead to another place of the API. */
export function apiPath(parts: readonly string[]): string {
  if (parts.some((part) => /^\.{0,2}$/.test(part)))
    throw new TerminalError('repository or workflow is no name: write them like acme/shop and nightly.yml');
  return parts.map(encodeURIComponent).join('/');
}

/** The whole address. `root`: with or without a slash at its end. */
export function apiUrl(root: string, path: string, query: Readonly<Record<string, string>>): string {
  return `${root.replace(/\/+$/, '')}/${path}?${new URLSearchParams(query).toString()}`;
}

/** The whole hash of a commit, which the service can look for itself; of a short one it knows nothing. */
export const isWholeHash = (commit: string | undefined): commit is string => /^[0-9a-f]{40}$/i.test(commit ?? '');
