import type { ASTNode } from '@marcbachmann/cel-js';

/** The node and all nodes inside it, however the library nests them: in lists, and for comprehensions in maps. */
export function nodesOf(root: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isNode(value)) {
      found.push(value);
      visit(value.args);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (Object.getPrototypeOf(value) === Object.prototype) Object.values(value).forEach(visit);
  };
  visit(root);
  return found;
}

function isNode(value: object): value is ASTNode {
  return 'op' in value && 'args' in value && 'start' in value;
}
