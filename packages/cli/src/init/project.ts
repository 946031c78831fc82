/** What a look at the project's folder found. `null`: not there, or it could not be told. */
export interface Project {
  /** Lower-case words joined by hyphens, from package.json or the folder. */
  readonly name: string;
  /** From package.json. */
  readonly version: string | null;
  /** There is a package.json that says nothing: it is not JSON. */
  readonly unreadablePackage: boolean;
  readonly node: NodeApp | null;
  readonly git: { readonly email: string | null; readonly branch: string | null } | null;
  readonly dockerfile: boolean;
  readonly vercel: boolean;
  readonly kubernetes: Kubernetes | null;
}

export interface NodeApp {
  /** npm, pnpm, yarn or bun. */
  readonly packageManager: string;
  /** The words that start it: those of the start script where no shell is needed for them. */
  readonly start: readonly string[] | null;
  readonly hasTests: boolean;
  readonly hasBuild: boolean;
}

export interface Kubernetes {
  /** Relative to the project's folder, such as k8s. */
  readonly folder: string;
  /** Whether the folder is a Helm chart. */
  readonly chart: boolean;
  /** Names of the Deployments whose name is written out. */
  readonly deployments: readonly string[];
}

/** Where the plan deploys to. */
export type Way = 'kubernetes' | 'vercel' | 'process' | 'unknown';

/** What is most special to the project wins: a cluster's manifests say more than a start script. */
export function wayOf(project: Project): Way {
  if (project.kubernetes !== null) return 'kubernetes';
  if (project.vercel) return 'vercel';
  return (project.node?.start ?? null) === null ? 'unknown' : 'process';
}
