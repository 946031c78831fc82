import PDFDocument from 'pdfkit';
import { type MarkdownBlock, markdownBlocks } from './markdown-blocks.ts';
import { winAnsi } from './win-ansi.ts';

export interface Pdf {
  readonly bytes: Uint8Array;
  /** How many characters the fonts do not have. */
  readonly replaced: number;
}

export interface PdfOptions {
  readonly language: 'en' | 'fr';
  /** Epoch ms; it stands in the file as the time of its making. */
  readonly now: number;
  /** What the file says of characters that its fonts do not have. */
  readonly note: (replaced: number) => string;
}

const BODY = 9;
const SIZES: readonly number[] = [18, 13, 11];
const CELL = 7.5;
const MARGIN = 48;

/** Our own Markdown as a PDF in A4, in the standard fonts: no font is embedded, so they have the characters of WinAnsi only. */
export async function markdownPdf(markdown: string, { language, now, note }: PdfOptions): Promise<Pdf> {
  const { text, replaced } = winAnsi(markdown);
  const blocks = markdownBlocks(text);
  const title = blocks.find((block) => block.is === 'heading')?.text ?? 'Slipway';
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: language,
    info: { Title: title, Creator: 'Slipway', CreationDate: new Date(now) },
  });
  const bytes = collect(pdf);
  for (const block of blocks) draw(pdf, block);
  if (replaced > 0) draw(pdf, { is: 'paragraph', text: winAnsi(note(replaced)).text, bold: false });
  pdf.end();
  return { bytes: await bytes, replaced };
}

function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.on('end', () => resolve(Buffer.concat(chunks)));
  pdf.on('error', reject);
  return promise;
}

function draw(pdf: PDFKit.PDFDocument, block: MarkdownBlock): void {
  switch (block.is) {
    case 'heading':
      pdf
        .moveDown(0.6)
        .font('Helvetica-Bold')
        .fontSize(SIZES[block.level - 1] ?? BODY + 1)
        .text(block.text)
        .moveDown(0.3);
      return;
    case 'paragraph':
      pdf
        .font(block.bold ? 'Helvetica-Bold' : 'Helvetica')
        .fontSize(BODY)
        .text(block.text)
        .moveDown(0.4);
      return;
    case 'item':
      pdf.fontSize(BODY).font('Helvetica').text('•  ', { continued: true });
      if (block.lead !== '') pdf.font('Helvetica-Bold').text(`${block.lead} `, { continued: true });
      pdf.font('Helvetica').text(block.text);
      return;
    case 'code':
      pdf
        .font('Courier')
        .fontSize(BODY - 1)
        .text(block.text)
        .moveDown(0.4);
      return;
    case 'table':
      drawTable(pdf, block.rows);
      return;
  }
}

/** Narrow columns keep their longest word; the others share what is left by how much they say. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const sampled = rows.slice(0, 200);
  const lengths = Array.from({ length: columns }, (_, index) => {
    const cells = sampled.map((row) => row[index] ?? '');
    const longest = Math.max(...cells.map((cell) => cell.length));
    const word = Math.max(...cells.flatMap((cell) => cell.split(/\s/).map((each) => each.length)));
    return Math.max(Math.min(word, 24), Math.min(longest, 60), 3);
  });
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length) => (width * length) / all);
}

const PAD = 2;

/** Row by row, with a new page where one does not fit: a record may have thousands of them. */
function drawTable(pdf: PDFKit.PDFDocument, rows: readonly (readonly string[])[]): void {
  const left = pdf.page.margins.left;
  const width = pdf.page.width - left - pdf.page.margins.right;
  const widths = columnWidths(rows, width);
  rows.forEach((row, index) => {
    pdf.font(index === 0 ? 'Helvetica-Bold' : 'Helvetica').fontSize(CELL);
    drawRow(pdf, row, { left, widths });
  });
  pdf.x = left;
  pdf.moveDown(0.6);
}

interface Grid {
  readonly left: number;
  readonly widths: readonly number[];
}

function drawRow(pdf: PDFKit.PDFDocument, row: readonly string[], { left, widths }: Grid): void {
  const heights = widths.map((width, index) => pdf.heightOfString(row[index] ?? '', { width: width - 2 * PAD }));
  const bottom = pdf.page.height - pdf.page.margins.bottom;
  const height = Math.min(Math.max(...heights, CELL), bottom - MARGIN - 2 * PAD) + 2 * PAD;
  if (pdf.y + height > bottom) pdf.addPage();
  const top = pdf.y;
  let x = left;
  widths.forEach((width, index) => {
    pdf.text(row[index] ?? '', x + PAD, top + PAD, { width: width - 2 * PAD, height: height - PAD, lineBreak: true });
    x += width;
  });
  pdf
    .moveTo(left, top + height)
    .lineTo(x, top + height)
    .lineWidth(0.3)
    .strokeColor('#999999')
    .stroke();
  pdf.y = top + height;
}
