import { type Draft, stepsOf } from '../parse/draft.ts';
import { type Findings, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { unknownName } from './unknown-name.ts';

/** Tracks that steps name are there, and their roles have people. */
export function lintTracks(findings: Findings, draft: Draft): void {
  const { tracks, people } = draft;
  if (tracks === null || people === null) return;
  const roles = { word: 'role', section: 'people', names: Object.keys(people) };
  const known = { word: 'track', section: 'tracks', names: Object.keys(tracks ?? {}) };
  const named = (path: Path, name: string | undefined, among: typeof roles): void => {
    if (name !== undefined && !among.names.includes(name))
      reportValue(findings, path, { message: unknownName(name, among) });
  };
  for (const [name, { owner, raci = {} }] of Object.entries(tracks ?? {})) {
    named(['tracks', name, 'owner'], owner, roles);
    named(['tracks', name, 'raci', 'accountable'], raci.accountable, roles);
    for (const key of ['consulted', 'informed'] as const)
      for (const [index, role] of (raci[key] ?? []).entries()) named(['tracks', name, 'raci', key, index], role, roles);
  }
  for (const { path, authored } of stepsOf(draft)) named([...path, 'track'], authored?.step.track, known);
}
