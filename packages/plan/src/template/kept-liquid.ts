import type { Liquid, Template } from 'liquidjs';
import { createLiquid } from './liquid.ts';

/** By what it shows in the place of a missing fact. An engine keeps nothing of what it renders, and is dear to make. */
const ENGINES = new Map<string, Liquid>();

/** The engine that shows `missing` where a fact is not known. For a handful of words only: what is made is kept. */
export function keptLiquid(missing: string): Liquid {
  const known = ENGINES.get(missing);
  if (known !== undefined) return known;
  const made = createLiquid({ missing });
  ENGINES.set(missing, made);
  return made;
}

/** Templates that are kept for one engine: a launch tells the same few over and over. */
const MOST_TEMPLATES = 200;
const PARSED = new WeakMap<Liquid, Map<string, Template[]>>();

/** The template as `liquid` reads it; read once while it is among the newest. Throws what Liquid throws. */
export function parsed(liquid: Liquid, template: string): Template[] {
  const kept = PARSED.get(liquid) ?? new Map<string, Template[]>();
  PARSED.set(liquid, kept);
  const known = kept.get(template);
  if (known !== undefined) return known;
  const made = liquid.parse(template);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_TEMPLATES && oldest !== undefined) kept.delete(oldest);
  kept.set(template, made);
  return made;
}
