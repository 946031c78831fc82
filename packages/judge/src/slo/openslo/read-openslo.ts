import type { SloCatalogue, SloDataSource, SloService } from './catalogue.ts';
import { Fields, isMapping } from './fields.ts';
import { Findings, type Loss, type Refusal, type SloFinding } from './findings.ts';
import { isBounded } from './is-bounded.ts';
import { Library, type NamedDocument, titleOf } from './library.ts';
import { readLevel } from './read-level.ts';
import { readMeta } from './read-meta.ts';

/** What was read, what was refused, and what was read otherwise than it is written. A refused SLO is not in the catalogue. */
export interface OpenSloReading extends SloCatalogue {
  readonly refused: readonly SloFinding<Refusal>[];
  readonly losses: readonly SloFinding<Loss>[];
}

const VERSION = 'openslo/v1';
const MOST_DOCUMENTS = 1_000;
const KINDS = ['SLO', 'SLI', 'AlertPolicy', 'AlertCondition', 'AlertNotificationTarget', 'Service', 'DataSource'];

/**
 * OpenSLO v1 documents (github.com/OpenSLO/OpenSLO), parsed by whoever calls, as service levels. Pure, and never throws.
 * What we cannot hold to is refused, and what is not kept is named: nothing is dropped in silence.
 */
export function readOpenSlo(documents: readonly unknown[]): OpenSloReading {
  const findings = new Findings();
  const named = namedDocuments(documents, findings);
  const library = new Library(named);
  const each = <T>(kind: string, read: (fields: Fields) => T | null): readonly T[] =>
    named.filter((document) => document.kind === kind).flatMap((document) => soundly(document, read, findings) ?? []);
  const levels = each('SLO', (fields) => readLevel(fields, library));
  const services = each('Service', readService);
  const dataSources = each('DataSource', readDataSource);
  for (const title of library.unused(['SLI', 'AlertPolicy', 'AlertCondition'])) findings.lose(title, '', 'unused');
  for (const title of library.unused(['AlertNotificationTarget'])) findings.lose(title, '', 'kind-not-kept');
  return { levels, services, dataSources, refused: findings.refused, losses: findings.losses };
}

/** null where anything of it was refused, be it in a document that it refers to. */
function soundly<T>(document: NamedDocument, read: (fields: Fields) => T | null, findings: Findings): T | null {
  const own = new Findings();
  const result = read(new Fields(document.value, { document: titleOf(document), path: '', findings: own }));
  findings.add(own);
  return own.refused.length === 0 ? result : null;
}

function namedDocuments(documents: readonly unknown[], findings: Findings): readonly NamedDocument[] {
  if (documents.length > MOST_DOCUMENTS) {
    findings.refuse(`document ${MOST_DOCUMENTS + 1}`, '', 'too-large');
    return [];
  }
  const titles = new Set<string>();
  return documents.flatMap((value, index) => {
    const place = `document ${index + 1}`;
    const document = namedDocument(value);
    if (typeof document === 'string') findings.refuse(place, '', document);
    if (typeof document === 'string') return [];
    const title = titleOf(document);
    if (titles.has(title)) findings.refuse(title, 'metadata.name', 'name-taken');
    if (titles.has(title)) return [];
    titles.add(title);
    return [document];
  });
}

function namedDocument(value: unknown): NamedDocument | Refusal {
  if (!isBounded(value)) return 'too-large';
  if (!isMapping(value) || value['apiVersion'] !== VERSION) return 'not-openslo';
  const { kind, metadata } = value;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return 'unknown-kind';
  const name = isMapping(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' && name.trim() !== '' ? { kind, name, value } : 'no-name';
}

function readService(fields: Fields): SloService | null {
  fields.header();
  const meta = readMeta(fields);
  const spec = fields.below('spec');
  const description = spec?.text('description') ?? null;
  spec?.close();
  fields.close();
  return meta === null ? null : { meta, description };
}

function readDataSource(fields: Fields): SloDataSource | null {
  fields.header();
  const meta = readMeta(fields);
  const spec = fields.neededBelow('spec');
  fields.close();
  const type = spec?.neededText('type') ?? null;
  if (meta === null || spec === null || type === null) return null;
  const description = spec.text('description');
  if (spec.has('connectionDetails')) spec.lose('connectionDetails', 'connection-not-kept');
  spec.close();
  return { meta, description, type };
}
