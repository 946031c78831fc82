import type { App } from './app.ts';
import { Refusal } from './refusal.ts';

/** JSON in UTF-8 and nothing else: what cannot be read is refused, not replaced by question marks that then stand in a plan. */
export function readJsonStrictly(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const text = decode(body);
    if (text === null) done(notUtf8(body), undefined);
    else void parse(request, text, done);
  });
}

function decode(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

function notUtf8(body: Buffer): Refusal {
  // Up to the first wrong byte, what was read leniently is what was sent.
  const lenient = Buffer.from(body.toString('utf8'));
  const offset = body.findIndex((byte, index) => byte !== lenient[index]);
  return new Refusal(400, {
    code: 'wrong-input',
    message: `the request is not UTF-8: byte ${offset} cannot be read; save the file as UTF-8`,
  });
}
