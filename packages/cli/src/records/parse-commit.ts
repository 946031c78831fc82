import type { CommitInfo } from '@slipway/contract';
import { CommitParser } from 'conventional-commits-parser';

/** As Conventional Commits 1.0.0 has it: `type(scope)!: subject`. The mark is no part of the subject. */
const parser = new CommitParser({
  headerPattern: /^([A-Za-z][\w-]{0,99})(?:\(([^()]{0,200})\))?!?: (.*)$/,
  breakingHeaderPattern: /^([A-Za-z][\w-]{0,99})(?:\(([^()]{0,200})\))?!: (.*)$/,
  headerCorrespondence: ['type', 'scope', 'subject'],
});

const LONGEST = { message: 20_000, subject: 1_000, note: 4_000, reference: 200, references: 50 };

interface Raw {
  readonly hash: string;
  /** Epoch ms. */
  readonly at: number;
  readonly message: string;
}

/** What a commit's message says. One that is not of the form keeps its first line as the subject. */
export function parseCommit({ hash, at, message }: Raw): CommitInfo {
  const text = message.slice(0, LONGEST.message);
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  // The parser refuses what is empty.
  const parsed = text.trim() === '' ? null : parser.parse(text);
  const notes = parsed?.notes ?? [];
  // A header with a mark leaves its own subject as the note.
  const note = notes.map((each) => each.text).find((each) => each !== parsed?.['subject']) ?? '';
  const references = (parsed?.references ?? []).map(referenceText);
  return {
    hash,
    at,
    type: parsed?.['type'] ?? null,
    scope: parsed?.['scope'] ?? null,
    subject: (parsed?.['subject'] ?? first).slice(0, LONGEST.subject),
    breaking: notes.length > 0,
    breakingNote: note.slice(0, LONGEST.note),
    references: [...new Set(references)].slice(0, LONGEST.references),
  };
}

function referenceText(reference: { owner: string | null; repository: string | null; prefix: string; issue: string }) {
  const { owner, repository, prefix, issue } = reference;
  const place = [owner, repository].filter((each) => each !== null).join('/');
  return `${place}${prefix}${issue}`.slice(0, LONGEST.reference);
}
