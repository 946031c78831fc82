/** A Liquid template that renders to exactly this text, whatever stands in it. */
export function literalTemplate(text: string): string {
  return text.replaceAll(/\{[{%]/g, (opening) => `{{ "${opening}" }}`);
}
