import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, separateOperations, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { ErrorCode } from '../../runtime/errors.ts';
import type { Caller } from './access.ts';
import type { ScopesNeeded } from './guarded-fields.ts';

/** A field of an operation that not everybody may ask for. */
interface GuardedField {
  readonly name: string;
  readonly ways: ScopesNeeded;
}

/** Refuses an operation, before it is planned, that has a field for which its caller lacks the scopes. */
export function requiredScopes<Context extends { readonly caller: Caller }>(
  needed: ReadonlyMap<string, ScopesNeeded>,
): ApolloServerPlugin<Context> {
  // A document that is asked again is the same object, and looking through it takes longer than all else here.
  const known = new WeakMap<OperationDefinitionNode, readonly GuardedField[]>();
  const guardedIn = (document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema) => {
    const fields = [...fieldsIn(ownDocument(document, operation), schema)].flatMap((field) => {
      const ways = needed.get(field);
      return ways ? [{ name: field.slice(field.indexOf('.') + 1), ways }] : [];
    });
    known.set(operation, fields);
    return fields;
  };
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, schema, contextValue: { caller } }) => {
          const fields = operation ? (known.get(operation) ?? guardedIn(document, operation, schema)) : [];
          for (const { name, ways } of fields)
            if (!ways.some((all) => all.every((scope) => caller.scopes.has(scope)))) throw refusal(name, ways, caller);
          return Promise.resolve();
        },
      }),
  };
}

function refusal(field: string, ways: ScopesNeeded, { name }: Caller): GraphQLError {
  const scopes = ways.map((all) => all.join(' and ')).join(', or ');
  if (name !== undefined)
    return refused(
      'FORBIDDEN',
      `The key "${name}" lacks the scope ${scopes}, which ${field} needs. Ask the operator for a key that has it.`,
    );
  const how = 'Send it as "Authorization: Bearer KEY". The operator makes one with "npm run medley -- keys add".';
  return refused('UNAUTHENTICATED', `${field} needs an API key with the scope ${scopes}. ${how}`);
}

function refused(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The operation with the fragments that it uses: what else a document holds is not asked. */
function ownDocument(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  return separateOperations(document)[operation.name?.value ?? ''] ?? document;
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
