import type { Evidence, EvidenceItem } from './evidence.ts';
import { cutAtWord } from './redaction/cut-at-word.ts';

const MAX_ITEMS = 100;
const MAX_CHARACTERS = 2000;

/** Makes evidence that keeps its bounds: texts over 2,000 characters are cut; of more than 100 items the failed ones are kept first. */
export function boundedEvidence(summary: string, items: readonly EvidenceItem[]): Evidence {
  return { summary: cutText(summary), items: boundedItems(items).map(boundedItem) };
}

function boundedItems(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  if (items.length <= MAX_ITEMS) return items;
  const passed = items.filter((item) => item.verdict === 'pass');
  const others = items.filter((item) => item.verdict !== 'pass');
  const ordered = [...others, ...passed];
  const left = ordered.slice(MAX_ITEMS - 1);
  const verdict = left.find((item) => item.verdict !== 'pass')?.verdict ?? 'pass';
  const rest = { asked: `${left.length} more`, found: 'not listed here', expected: 'as above', verdict };
  return [...ordered.slice(0, MAX_ITEMS - 1), rest];
}

function boundedItem(item: EvidenceItem): EvidenceItem {
  return {
    asked: cutText(item.asked),
    found: cutText(item.found),
    expected: cutText(item.expected),
    verdict: item.verdict,
  };
}

function cutText(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : `${cutAtWord(text, MAX_CHARACTERS - 2)} …`;
}
