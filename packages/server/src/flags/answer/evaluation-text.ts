import type { Metadata, Resolution } from '@slipway/flags';

/** An item of a bulk answer. */
export function itemText(resolution: Resolution): string {
  return JSON.stringify(wireOf(resolution, resolution.metadata));
}

/** An answer about one flag: nothing else says which set it is of. */
export function singleText(resolution: Resolution, ofSet: Metadata): string {
  return JSON.stringify(wireOf(resolution, { ...resolution.metadata, ...ofSet }));
}

/** DEFAULT stands in OFREP's decision 6 and in what flagd answers, though its list of reasons lacks it. */
function wireOf(resolution: Resolution, about: Metadata): object {
  const { key, reason } = resolution;
  // OFREP lets it be left out, and of most flags there is none.
  const metadata = Object.keys(about).length === 0 ? undefined : about;
  if (reason === 'ERROR') {
    const { errorCode, errorDetails } = resolution;
    return { key, errorCode, errorDetails, metadata };
  }
  if (resolution.variant === undefined) return { key, reason, metadata };
  const { variant, value } = resolution;
  return { key, value, reason, variant, metadata };
}
