import { base64Cores, toUrlAlphabet } from './base64-forms.ts';

/**
 * Characters, white space at either end not counted. Shorter pieces are left alone: replacing every `no`, `42` or four blanks
 * would make a log unreadable and show what the secret is.
 */
export const SHORTEST_SECRET = 4;
/** A line of a multi-line secret counts as a secret of its own from this length on. */
const SHORTEST_LINE = 8;

/**
 * Every text in which a secret may turn up: as it is, URI-encoded, JSON-escaped and in base64; and so for each longer line of a
 * secret of several lines, since output is logged line by line. Empty for a secret that is too short.
 */
export function secretForms(secret: string): ReadonlySet<string> {
  // A file's last line break is not part of the secret that people send.
  const pieces = [secret, secret.trim(), ...longLines(secret)];
  const forms = pieces.filter((piece) => piece.trim().length >= SHORTEST_SECRET).flatMap(formsOf);
  return new Set(forms.filter((form) => form.length >= SHORTEST_SECRET));
}

function longLines(secret: string): readonly string[] {
  const lines = secret.split(/\r\n|\n|\r/).map((line) => line.trim());
  return lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_LINE) : [];
}

function formsOf(piece: string): readonly string[] {
  // Encoders write a lone surrogate as U+FFFD, and encodeURIComponent refuses it.
  const text = piece.toWellFormed();
  const base64 = base64Cores(text);
  const texts = [piece, text, ...base64, ...base64.map(toUrlAlphabet)];
  return texts.flatMap((form) => [form, ...jsonForms(form), ...uriForms(form.toWellFormed())]);
}

function jsonForms(text: string): readonly string[] {
  const once = JSON.stringify(text).slice(1, -1);
  const ascii = escapeNonAscii(once);
  const slashes = [once, ascii].map((form) => form.replaceAll('/', String.raw`\/`));
  // JSON within JSON: a log line that quotes a body.
  const twice = JSON.stringify(once).slice(1, -1);
  return [once, ascii, upperCaseEscapes(ascii), ...slashes, twice];
}

/** As encoders that write ASCII only do it. */
const escapeNonAscii = (json: string): string =>
  json.replaceAll(/[\u007f-\uffff]/g, (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const upperCaseEscapes = (json: string): string =>
  json.replaceAll(/\\u[0-9a-f]{4}/g, (escape) => String.raw`\u${escape.slice(2).toUpperCase()}`);

function uriForms(text: string): readonly string[] {
  const component = encodeURIComponent(text);
  const strict = component.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  const all = [component, strict, form, encodeURI(text)];
  return [...all, ...all.map(lowerCaseEscapes)];
}

const lowerCaseEscapes = (uri: string): string => uri.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
