import { Kind, visit } from 'graphql';
import type { ASTNode, ASTVisitor, DocumentNode } from 'graphql';

/**
 * How deep the values are nested that a document writes out. A field of an object is a level, with the list that is its value or is left
 * to be understood (`and: { ... }`); so is a list within a list.
 */
export function writtenLevels(document: DocumentNode): number {
  let [level, deepest] = [0, 0];
  const visitor: ASTVisitor = {
    enter: (node, _, parent) => {
      if (!isLevel(node, parent)) return;
      level += 1;
      deepest = Math.max(deepest, level);
    },
    leave: (node, _, parent) => {
      if (isLevel(node, parent)) level -= 1;
    },
  };
  visit(document, visitor);
  return deepest;
}

function isLevel({ kind }: ASTNode, parent: ASTNode | readonly ASTNode[] | undefined): boolean {
  const isOfField = parent !== undefined && 'kind' in parent && parent.kind === Kind.OBJECT_FIELD;
  return kind === Kind.OBJECT_FIELD || (kind === Kind.LIST && !isOfField);
}
