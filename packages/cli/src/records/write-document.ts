import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { jsonText } from '../terminal/json-text.ts';
import { plainLines } from '../terminal/text.ts';
import { markdownPdf } from './markdown-pdf.ts';

const documentOptions = z.object({
  format: z.enum(['markdown', 'json', 'pdf']),
  output: z.string().min(1).optional(),
});

/** How a document is asked for: the same options for every verb that writes one. */
export function withDocumentOptions(command: Command, { m }: Cli): Command {
  const formats = ['markdown', 'json', 'pdf'];
  return command
    .addOption(new Option('--format <format>', m.options.reportFormat).choices(formats).default('markdown'))
    .option('--out, --output <file>', m.options.output);
}

/** Where a document comes from, in either form. */
export interface Source {
  readonly markdown: () => Promise<string>;
  readonly json: () => Promise<unknown>;
}

/** Writes a document as it was asked for: to the output, or into a file. Throws Failure. */
export async function writeDocument(session: Session, source: Source): Promise<ExitCode> {
  const { format, output } = session.options(documentOptions);
  const { reports } = session.m;
  if (format === 'pdf' && session.json) throw new Failure('wrong-input', reports.pdfNotRecord);
  if (format === 'pdf' && output === undefined) throw new Failure('wrong-input', reports.pdfNeedsFile);
  const content = await contentOf(session, source, session.json ? 'json' : format);
  if (output === undefined) {
    const { output: stream } = session.context;
    // Titles and commands' outputs stand in it; in a file or a pipe it stays as it is.
    stream.write(stream.isTTY === true && typeof content === 'string' ? plainLines(content) : content);
    return EXIT.ok;
  }
  try {
    writeFileSync(resolve(session.context.cwd, output), content);
  } catch (error) {
    throw new Failure('wrong-input', session.m.failures.unwritable(output, reasonOf(error)));
  }
  session.note(session.m.done.written(output));
  return EXIT.ok;
}

async function contentOf(
  session: Session,
  { markdown, json }: Source,
  format: 'markdown' | 'json' | 'pdf',
): Promise<string | Uint8Array> {
  if (format === 'json') return `${jsonText(await json())}\n`;
  const text = await markdown();
  if (format === 'markdown') return text.endsWith('\n') ? text : `${text}\n`;
  const { language, reports } = session.m;
  const note = reports.replacedNote;
  const { bytes, replaced } = await markdownPdf(text, { language, now: session.context.now(), note });
  if (replaced > 0) session.note(reports.replaced(replaced));
  return bytes;
}
