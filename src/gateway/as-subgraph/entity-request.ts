import { getArgumentValues, GraphQLError, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode, VariableDefinitionNode } from 'graphql';
import type { ErrorCode } from '../../runtime/errors.ts';
import { distinct } from './entity-places.ts';
import type { Places } from './entity-places.ts';

/** A document of one operation with what it is asked with. */
export interface Asked {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** As the graph for clients is asked, and where its items belong in the answer. */
export interface AskedAsItems extends Asked {
  readonly places: Places;
}

/**
 * What a router asks with `_entities(representations:)`, as the graph for clients answers it: `items(ids:)` under the same name in the
 * answer, each item once. All else stays as it is. Throws INVALID_INPUT where a representation is of no item, or `_service` is asked
 * for, too.
 */
export function asItems({ document, variables }: Asked, schema: GraphQLSchema): AskedAsItems {
  const ids: Record<string, readonly string[]> = {};
  const places = new Map<string, readonly number[]>();
  const types = new TypeInfo(schema);
  const undeclared = visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        // On the way back up: what stands below is asked of an entity yet.
        leave: (field) => {
          const definition = types.getFieldDef();
          if (definition?.name === '_service') throw refused('Ask for _service in a separate operation.');
          if (definition?.name !== '_entities') return undefined;
          const { representations } = getArgumentValues(definition, field, variables);
          const name = (field.alias ?? field.name).value;
          const each = distinct((representations as readonly unknown[]).map(idOf));
          ids[`medley_ids_${name}`] = each.ids;
          places.set(name, each.places);
          return itemsField(field, `medley_ids_${name}`);
        },
      },
      NamedType: (type) => (type.name.value === '_Entity' ? { ...type, name: nameNode('Item') } : undefined),
    }),
  );
  // Last, for `_entities` may stand in a fragment behind the operation.
  const asked = visit(undeclared, { OperationDefinition: (operation) => withIds(operation, Object.keys(ids)) });
  return { document: asked, variables: ids, places };
}

function withIds(operation: OperationDefinitionNode, names: readonly string[]): OperationDefinitionNode {
  const others = (operation.variableDefinitions ?? []).filter(({ type }) => !isOfRepresentations(type));
  return { ...operation, variableDefinitions: [...others, ...names.map(idsVariable)] };
}

function idOf(representation: unknown): string {
  const { __typename: type, id } = (representation ?? {}) as { readonly __typename?: unknown; readonly id?: unknown };
  if (type === 'Item' && (typeof id === 'string' || typeof id === 'number')) return String(id);
  throw refused('A representation is not the key of an item; expected { __typename: "Item", id: ... }.');
}

function refused(message: string): GraphQLError {
  const code: ErrorCode = 'INVALID_INPUT';
  return new GraphQLError(message, { extensions: { code } });
}

function itemsField(field: FieldNode, variable: string): FieldNode {
  return {
    ...field,
    alias: field.alias ?? field.name,
    name: nameNode('items'),
    arguments: [{ kind: Kind.ARGUMENT, name: nameNode('ids'), value: variableNode(variable) }],
  };
}

function idsVariable(name: string): VariableDefinitionNode {
  const id = { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: nameNode('ID') } } as const;
  const list = { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.LIST_TYPE, type: id } } as const;
  return { kind: Kind.VARIABLE_DEFINITION, variable: variableNode(name), type: list };
}

/** Whether a variable holds representations, of which the graph for clients knows nothing. */
function isOfRepresentations(type: VariableDefinitionNode['type']): boolean {
  return type.kind === Kind.NAMED_TYPE ? type.name.value === '_Any' : isOfRepresentations(type.type);
}

function variableNode(name: string) {
  return { kind: Kind.VARIABLE, name: nameNode(name) } as const;
}

function nameNode(value: string) {
  return { kind: Kind.NAME, value } as const;
}
