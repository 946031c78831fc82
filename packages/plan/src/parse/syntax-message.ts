import type { ErrorCode } from 'yaml';

/** What the YAML library calls an error, as a sentence for people who do not read YAML's grammar. */
export function syntaxMessage(code: ErrorCode, libraryMessage: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'this line is indented with a tab, expected spaces';
    case 'BAD_INDENT':
      return 'this line is indented in a way that fits nothing above it, or a bracket is not closed';
    case 'MISSING_CHAR':
      return missing(libraryMessage);
    case 'BAD_SCALAR_START':
      return 'a text that begins with @, ` or % must be in quotes';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'this line has no ":", expected "key: value"';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'there is a second "key: value" inside this value, put the text in quotes or start a new line';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here (---), expected one plan a file';
    case 'BAD_DQ_ESCAPE':
      return 'there is no such escape in double quotes, use single quotes or write \\\\ for a backslash';
    case 'BLOCK_IN_FLOW':
      return 'an indented block stands inside brackets, expected items separated by commas';
    case 'RESOURCE_EXHAUSTION':
      return 'maps and lists are nested too deep';
    case 'KEY_OVER_1024_CHARS':
      return 'this key is longer than 1024 characters';
    case 'DUPLICATE_KEY':
      return 'this key is given twice';
    case 'TAG_RESOLVE_FAILED':
    case 'MULTIPLE_TAGS':
      return 'tags (!name) are not part of a plan';
    case 'BAD_DIRECTIVE':
      return 'directives (%NAME) are not part of a plan';
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
    case 'MULTIPLE_ANCHORS':
      return 'an anchor (&name) or alias (*name) is not written as YAML wants it; put a text that begins with & or * in quotes';
    case 'UNEXPECTED_TOKEN':
    case 'BAD_COLLECTION_TYPE':
    case 'BAD_PROP_ORDER':
    case 'NON_STRING_KEY':
    case 'IMPOSSIBLE':
      return 'this does not fit what stands before it: check the indentation and the quotes';
  }
}

function missing(libraryMessage: string): string {
  const quote = /^Missing closing (.)quote/.exec(libraryMessage)?.[1];
  if (quote !== undefined) return `a text in quotes is not closed, expected ${quote}`;
  const bracket = /end with a (.)$/.exec(libraryMessage)?.[1];
  if (bracket !== undefined) return `a bracket is not closed, expected ${bracket}`;
  if (libraryMessage.startsWith('Implicit map key'))
    return 'this line is neither "key: value" nor part of a text, expected a ":"';
  if (libraryMessage.includes('Missing , ')) return 'a comma is missing between two items';
  return 'something is missing here, perhaps a space after ":"';
}
