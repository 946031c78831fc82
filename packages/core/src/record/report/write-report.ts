import type { RecordDocument } from '../document/document.ts';
import { changeRecord } from './change-record.ts';
import { changelogEntry } from './changelog.ts';
import { deploymentReport } from './deployment.ts';
import { gateEntry } from './gate.ts';
import { postMortem } from './post-mortem.ts';
import { releaseNotes } from './release-notes.ts';
import type { ReportInput } from './report-input.ts';
import { retrospective } from './retrospective.ts';
import { rollbackNote } from './rollback-note.ts';

/** Documents that are written from a launch's events, beside its record. */
export type ReportKind =
  | 'gate'
  | 'changelog'
  | 'release-notes'
  | 'deployment'
  | 'rollback'
  | 'post-mortem'
  | 'retrospective'
  | 'change-record';

/** One document about one launch. The same log, commits and language give the same document. */
export function writeReport(kind: ReportKind, input: ReportInput): RecordDocument {
  switch (kind) {
    case 'gate':
      return gateEntry(input);
    case 'changelog':
      return changelogEntry(input);
    case 'release-notes':
      return releaseNotes(input);
    case 'deployment':
      return deploymentReport(input);
    case 'rollback':
      return rollbackNote(input);
    case 'post-mortem':
      return postMortem(input);
    case 'retrospective':
      return retrospective(input);
    case 'change-record':
      return changeRecord(input);
  }
}
