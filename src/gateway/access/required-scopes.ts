import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, separateOperations, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { ErrorCode } from '../../runtime/errors.ts';
import type { Caller } from './access.ts';
import type { ScopesNeeded } from './guarded-fields.ts';

/** Refuses an operation, before it is planned, that has a field for which its caller lacks the scopes. */
export function requiredScopes<Context extends { readonly caller: Caller }>(
  needed: ReadonlyMap<string, ScopesNeeded>,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, schema, contextValue: { caller } }) => {
          for (const field of fieldsIn(ownDocument(document, operation), schema)) {
            const ways = needed.get(field);
            if (ways && !ways.some((all) => all.every((scope) => caller.scopes.has(scope))))
              throw refusal(field.slice(field.indexOf('.') + 1), ways, caller);
          }
          return Promise.resolve();
        },
      }),
  };
}

function refusal(field: string, ways: ScopesNeeded, { name }: Caller): GraphQLError {
  const scopes = ways.map((all) => all.join(' and ')).join(', or ');
  if (name !== undefined)
    return refused('FORBIDDEN', `The key "${name}" lacks the scope ${scopes}, which ${field} needs.`);
  const how = 'send it as "Authorization: Bearer KEY". The operator makes one with "medley keys add".';
  return refused('UNAUTHENTICATED', `${field} needs an API key with the scope ${scopes}: ${how}`);
}

function refused(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The operation with the fragments that it uses: what else a document holds is not asked. */
function ownDocument(document: DocumentNode, operation: OperationDefinitionNode | undefined): DocumentNode {
  return separateOperations(document)[operation?.name?.value ?? ''] ?? document;
}

/** Every field of a document as "Type.field". */
function fieldsIn(document: DocumentNode, schema: GraphQLSchema): ReadonlySet<string> {
  const fields = new Set<string>();
  const types = new TypeInfo(schema);
  const enter = (): void => {
    const [type, field] = [types.getParentType(), types.getFieldDef()];
    if (type && field) fields.add(`${type.name}.${field.name}`);
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter } }));
  return fields;
}
