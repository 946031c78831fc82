import { readFile } from 'node:fs/promises';
import type { Checkout } from './basket.ts';

/** A version of the shop: what it says of itself, and the code that is its own. */
export interface Release {
  readonly version: string;
  readonly headline: string;
  readonly features: readonly string[];
  readonly checkout: Checkout;
}

type Descriptor = Omit<Release, 'checkout'>;

const FOLDER = new URL('../releases/', import.meta.url);

/** Throws where there is no such release. */
export async function loadRelease(version: string): Promise<Release> {
  // The version becomes part of a path: it must not lead out of the folder.
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error('set SHOP_VERSION to a release, such as 2.2.0');
  const descriptor = await readDescriptor(version);
  return { ...descriptor, checkout: await loadCheckout(version) };
}

/** The checkout that a release brought. Throws where there is no such release. */
export async function loadCheckout(version: string): Promise<Checkout> {
  const code: unknown = await import(new URL(`${version}/checkout.ts`, FOLDER).href);
  if (!hasCheckout(code)) throw new Error(`releases/${version}/checkout.ts has no checkout`);
  return code.checkout;
}

/** What a release says of itself. Throws where there is no such release. */
async function readDescriptor(version: string): Promise<Descriptor> {
  const text = await readFile(new URL(`${version}.json`, FOLDER), 'utf8').catch(() => null);
  if (text === null) throw new Error(`there is no release ${version}: it has no releases/${version}.json`);
  const descriptor: unknown = JSON.parse(text);
  if (!isDescriptor(descriptor)) throw new Error(`releases/${version}.json lacks its version, headline or features`);
  return descriptor;
}

function isDescriptor(value: unknown): value is Descriptor {
  if (typeof value !== 'object' || value === null || !('features' in value)) return false;
  const named = 'version' in value && typeof value.version === 'string';
  return named && 'headline' in value && typeof value.headline === 'string' && Array.isArray(value.features);
}

function hasCheckout(code: unknown): code is { readonly checkout: Checkout } {
  return typeof code === 'object' && code !== null && 'checkout' in code && typeof code.checkout === 'function';
}
