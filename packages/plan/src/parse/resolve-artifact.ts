import type { Artifact } from '../model/plan.ts';
import type { PlanJson } from '../model/provider-use.ts';
import { VERSION } from '../schema/words.ts';
import { checkTemplate } from '../template/check-template.ts';
import { renderText } from '../template/render-text.ts';
import type { ConfigVariables } from '../template/variables.ts';
import { asMap } from './draft.ts';
import type { Draft } from './draft.ts';
import { reportInside, reportValue } from './findings.ts';
import type { Findings } from './findings.ts';

/** Versions from outside the plan. */
export interface GivenVersions {
  readonly artifactVersion?: string;
  readonly standInVersion?: string;
}

/** The artifact with its version, from the plan or given at start. Null where something about it is wrong. */
export function resolveArtifact(findings: Findings, draft: Draft, given: GivenVersions): Artifact | null {
  const { artifact } = draft;
  if (artifact === null) return null;
  const version = artifact.version ?? given.artifactVersion ?? given.standInVersion;
  const path = ['artifact', 'version'];
  if (version === undefined) {
    const message = 'artifact.version is missing and none was given at start';
    reportValue(findings, path, { message, expected: 'a version such as 2.2.0, here or at start' });
    return null;
  }
  if (!VERSION.test(version)) {
    reportValue(findings, path, {
      message: 'the version given at start is not a version',
      expected: 'one such as 2.2.0',
    });
    return null;
  }
  if (given.artifactVersion !== undefined && given.artifactVersion !== version) {
    const message = `the plan is for version ${version}, but ${given.artifactVersion} was given at start`;
    reportValue(findings, path, { message, expected: 'one of the two to be left out' });
    return null;
  }
  return withGit(findings, { name: artifact.name, version, git: artifact.git ?? null });
}

const GIT_VARIABLES = { 'artifact.name': 'name', 'artifact.version': 'version' };

function withGit(findings: Findings, artifact: Artifact): Artifact | null {
  if (artifact.git === null) return artifact;
  const path = ['artifact', 'git'];
  const flaws = checkTemplate(artifact.git, GIT_VARIABLES);
  for (const { reason, spot } of flaws) reportInside(findings, path, { spot, said: { message: reason } });
  if (flaws.length > 0) return null;
  const rendered = renderText(artifact.git, { launch: { name: '', title: '', id: '' }, artifact });
  if (rendered.ok) return { ...artifact, git: rendered.text };
  reportValue(findings, path, { message: rendered.reason });
  return null;
}

/** What configurations are rendered with while they are checked: what the plan says, as far as it can be read. */
export function standInVariables(value: PlanJson, given: GivenVersions): ConfigVariables {
  const plan = asMap(value) ?? {};
  const artifact = asMap(plan['artifact']) ?? {};
  const text = (found: PlanJson | undefined, standIn: string): string => (typeof found === 'string' ? found : standIn);
  const name = text(plan['launch'], 'launch');
  const version = text(artifact['version'], given.artifactVersion ?? given.standInVersion ?? '0.0.0');
  return {
    launch: { name, title: text(plan['title'], name), id: 'launch-id' },
    artifact: { name: text(artifact['name'], 'artifact'), version, git: text(artifact['git'], version) },
  };
}
