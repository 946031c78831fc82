import parseJsonPath from 'jsonpath-rfc9535/parser';

/** Whether it is a JSON path as RFC 9535 has it. */
export function isJsonPath(text: string): boolean {
  try {
    parseJsonPath(text);
    return true;
  } catch {
    return false;
  }
}
