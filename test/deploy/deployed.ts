import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Pod } from 'kubernetes-models/v1/Pod';
import { Service } from 'kubernetes-models/v1/Service';
import { parseAllDocuments } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

export type Manifest = Deployment | NetworkPolicy | Pod | PodDisruptionBudget | Service;

/** Kubernetes' own schema of each kind. Throws for a manifest that it does not take, or of another kind. */
export function checked(document: unknown): Manifest {
  const manifest = modelOf(document);
  manifest.validate();
  return manifest;
}

function modelOf(document: unknown): Manifest {
  if (Deployment.is(document)) return new Deployment(document);
  if (NetworkPolicy.is(document)) return new NetworkPolicy(document);
  if (Pod.is(document)) return new Pod(document);
  if (PodDisruptionBudget.is(document)) return new PodDisruptionBudget(document);
  if (Service.is(document)) return new Service(document);
  throw new Error('a manifest of a kind that nothing here checks');
}

export const MANIFESTS: Readonly<Record<string, readonly unknown[]>> = Object.fromEntries(
  globSync('deploy/kubernetes/*.yaml', { cwd: ROOT })
    .toSorted()
    .map((file) => [file, parseAllDocuments(read(file)).map((document): unknown => document.toJS())]),
);

export const ALL: readonly Manifest[] = Object.values(MANIFESTS).flatMap((documents) => documents.map(checked));

/** The one manifest of a kind. */
export function only<M extends Manifest>(kind: abstract new (...args: never[]) => M): M {
  const found = ALL.filter((manifest): manifest is M => manifest instanceof kind);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} manifests of ${kind.name}`);
  return found[0];
}

/** What every pod runs: the Deployment's, and the one for the first token. */
export function podSpecs() {
  const template = only(Deployment).spec?.template.spec;
  return [template, only(Pod).spec].filter((spec) => spec !== undefined);
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** A list of texts in JSON, as Docker takes a command. Throws for anything else. */
export function texts(json: string): readonly string[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error(`not a list: ${json}`);
  return list.map(String);
}
