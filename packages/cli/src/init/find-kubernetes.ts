import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubernetes } from './project.ts';

const FOLDERS = ['k8s', 'kubernetes', 'deploy', 'manifests', 'charts'];
const DEEPEST = 4;
const MOST_FILES = 300;
const MOST_BYTES = 512 * 1024;

/** The first of the usual folders that holds a Deployment; null where none does. */
export function findKubernetes(project: string): Kubernetes | null {
  for (const folder of FOLDERS) {
    const files = yamlFiles(join(project, folder), 0).slice(0, MOST_FILES);
    const manifests = files.map(readSmall).filter((text) => /^kind:\s*Deployment\s*$/m.test(text));
    if (manifests.length > 0) return { ...chartOf(project, folder), deployments: manifests.flatMap(deploymentNames) };
  }
  return null;
}

/** A chart may lie in the folder itself or, as charts/ usually has it, one below. */
function chartOf(project: string, folder: string): Pick<Kubernetes, 'folder' | 'chart'> {
  const candidates = [folder, ...childFolders(join(project, folder)).map((name) => `${folder}/${name}`)];
  const chart = candidates.find((candidate) => existsSync(join(project, candidate, 'Chart.yaml')));
  return chart === undefined ? { folder, chart: false } : { folder: chart, chart: true };
}

function childFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function yamlFiles(folder: string, depth: number): string[] {
  if (depth > DEEPEST || !existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : yamlFiles(path, depth + 1);
    return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [path] : [];
  });
}

function readSmall(file: string): string {
  return statSync(file).size > MOST_BYTES ? '' : readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/** The names under `metadata` of the Deployments of one file; a name that a chart's template makes is not one. */
function deploymentNames(text: string): string[] {
  return text.split(/^---.*$/m).flatMap((document) => {
    if (!/^kind:\s*Deployment\s*$/m.test(document)) return [];
    const name = /^metadata:\s*\n(?:[ \t]+.*\n)*?[ \t]+name:[ \t]*["']?([a-z0-9][a-z0-9.-]*)["']?[ \t]*$/m.exec(
      document,
    );
    return name?.[1] === undefined ? [] : [name[1]];
  });
}
