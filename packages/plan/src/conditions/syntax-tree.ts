import type { ASTNode } from '@marcbachmann/cel-js';

/** One side of one metric. */
export interface MetricRead {
  readonly metric: string;
  readonly side: string;
}

/** What a walk over a condition found. */
export interface TreeFindings {
  readonly reads: readonly MetricRead[];
  /** The first part that conditions do not have, and why; null where there is none. */
  readonly refused: { readonly offset: number; readonly reason: string } | null;
}

const ONLY_ARITHMETIC = 'it may only compare and calculate, without functions or lists';

/** Walks a parsed condition. Calls are refused: a pattern match could stall the judge, and comparisons are all it takes. */
export function inspectTree(root: ASTNode): TreeFindings {
  const reads: MetricRead[] = [];
  let refused: TreeFindings['refused'] = null;
  const walk = (node: ASTNode): void => {
    if (node.op === '.' && node.args[0].op === 'id') {
      reads.push({ metric: node.args[0].args, side: node.args[1] });
      return;
    }
    if (node.op === 'id') refused ??= { offset: node.start, reason: `write ${node.args}.new or ${node.args}.old` };
    const parts = operandsOf(node);
    if (parts === null) refused ??= { offset: node.start, reason: ONLY_ARITHMETIC };
    for (const part of parts ?? []) walk(part);
  };
  walk(root);
  return { reads, refused };
}

/** The operands of a node; null for a kind of node that conditions do not have. */
function operandsOf(node: ASTNode): readonly ASTNode[] | null {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
      return [node.args[0]];
    case '!_':
    case '-_':
      return [node.args];
    case '?:':
    case '&&':
    case '||':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return node.args;
    case '.?':
    case '[]':
    case '[?]':
    case 'call':
    case 'rcall':
    case 'list':
    case 'map':
    case 'in':
      return null;
  }
}
