import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findGit } from './find-git.ts';
import { findKubernetes } from './find-kubernetes.ts';
import { findNodeApp, readPackage } from './find-node-app.ts';
import type { Project } from './project.ts';

const VERSION = /^[0-9A-Za-z][0-9A-Za-z._+-]{0,99}$/;

/** Looks at a folder; reads files and asks git, changes nothing. */
export async function findProject(folder: string): Promise<Project> {
  const read = readPackage(folder);
  const manifest = read === 'unreadable' ? null : read;
  const written = manifest?.name?.split('/').at(-1) ?? basename(folder);
  const version = manifest?.version ?? '';
  return {
    name: nameFrom(written),
    version: VERSION.test(version) ? version : null,
    unreadablePackage: read === 'unreadable',
    node: manifest === null ? null : findNodeApp(folder, manifest),
    git: await findGit(folder),
    dockerfile: existsSync(join(folder, 'Dockerfile')),
    vercel: existsSync(join(folder, 'vercel.json')) || existsSync(join(folder, '.vercel')),
    kubernetes: findKubernetes(folder),
  };
}

/** A name as the plan language wants it: lower-case words joined by hyphens, a letter first. */
function nameFrom(text: string): string {
  const name = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  return name === '' ? 'app' : name;
}
