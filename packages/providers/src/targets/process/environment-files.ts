import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** The supervisor's folder and files for one environment. */
export interface EnvironmentFiles {
  readonly directory: string;
  readonly versions: string;
  readonly logs: string;
  readonly revision: string;
}

export function filesOfEnvironment(dataDirectory: string, environment: string): EnvironmentFiles {
  const directory = join(dataDirectory, fileNameOf(environment));
  return environmentFiles(directory);
}

export function environmentFiles(directory: string): EnvironmentFiles {
  return {
    directory,
    versions: join(directory, 'versions'),
    logs: join(directory, 'logs'),
    revision: join(directory, 'revision.json'),
  };
}

/**
 * A file name for any text: itself where it is a plain lower-case word, else what is plain of it and a digest, so that no two
 * names meet in one file, not even where the file system takes upper and lower case as one.
 */
export function fileNameOf(text: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(text)) return text;
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 40);
  return `${plain}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
