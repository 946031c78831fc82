import { language, type Language, type languageHeaders } from '@slipway/contract';
import type { z } from 'zod';

/** Longer than any browser sends; what stands behind is not looked at. */
const MOST_CHARACTERS = 1_000;
const MOST_RANGES = 50;

type Headers = z.infer<typeof languageHeaders>;

interface Range {
  readonly tag: string;
  readonly weight: number;
}

/**
 * The language that a caller wants most of those we speak, from `Accept-Language` (RFC 9110, 12.5.4); English where it
 * names none of them. Never throws: what cannot be read is not a wish.
 */
export function acceptedLanguage(headers: Headers): Language {
  const header = headers['accept-language'] ?? '';
  const wishes = header.slice(0, MOST_CHARACTERS).split(',').slice(0, MOST_RANGES).flatMap(rangeOf);
  // Sorting is stable: of two that are wanted alike, the one that is named first.
  const ordered = wishes.filter(({ weight }) => weight > 0).toSorted((one, other) => other.weight - one.weight);
  const spoken = ordered.flatMap(({ tag }): readonly Language[] => {
    const parsed = language.safeParse(tag === '*' ? 'en' : tag.split('-')[0]);
    return parsed.success ? [parsed.data] : [];
  });
  return spoken[0] ?? 'en';
}

const RANGE = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*q=([01](?:\.\d{0,3})?))?$/;

function rangeOf(text: string): readonly Range[] {
  const [, tag, weight] = RANGE.exec(text.trim().toLowerCase()) ?? [];
  return tag === undefined ? [] : [{ tag, weight: Number(weight ?? 1) }];
}
