import { XMLParser, XMLValidator } from 'fast-xml-parser';

export const ATTRIBUTE = '@';

/** An element's attributes by `@name`, and its children as lists by their name. */
export interface XmlElement {
  readonly [name: string]: string | readonly XmlElement[] | undefined;
}

export type ParsedXml = { readonly root: XmlElement } | { readonly problem: string };

const parser = new XMLParser({
  attributeNamePrefix: ATTRIBUTE,
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Entities are the classic bomb; the five that XML has itself are read where a name is shown.
  processEntities: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  // An element without attributes would otherwise be a mere text.
  alwaysCreateTextNode: true,
  maxNestedTags: 100,
});

/** XML that is whole, has no document type and is not nested deeply; else what is wrong with it. Expands no entity. */
export function parseXml(text: string): ParsedXml {
  if (hasDocumentType(text)) return { problem: 'has a document type (DTD), which is refused' };
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { problem: `is not whole XML (line ${valid.err.line})` };
  try {
    return { root: parser.parse(text) as XmlElement };
  } catch {
    return { problem: 'is nested too deeply or is not XML' };
  }
}

/** The children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const found = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof found === 'string' || found === undefined ? [] : found;
}

/** The names of all children. */
export const childNames = (element: XmlElement): readonly string[] =>
  Object.keys(element).filter((name) => Array.isArray(element[name]) && !name.startsWith('#'));

/** An attribute as it is written; null where there is none. */
export function attributeOf(element: XmlElement, name: string): string | null {
  const key = `${ATTRIBUTE}${name}`;
  const found = Object.hasOwn(element, key) ? element[key] : undefined;
  return typeof found === 'string' ? found : null;
}

/** Whether a declaration stands outside of comments and character data. Looks at each character once. */
function hasDocumentType(text: string): boolean {
  for (let at = text.indexOf('<!'); at >= 0; at = text.indexOf('<!', at)) {
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : null;
    if (end === null) return true;
    const closed = text.indexOf(end, at + 4);
    if (closed < 0) return false;
    at = closed + end.length;
  }
  return false;
}
