import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, isIntrospectionType } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FloatValueNode,
  FragmentDefinitionNode,
  IntValueNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from 'graphql';
import { writtenLevels } from './written-levels.ts';

/** The most questions of one operation (its fields at the top), the most fields with every fragment written out, and the deepest nesting. */
const MOST = { questions: 20, fields: 2000, levels: 20 } as const;

/** So many variants of each hit may be told, and what is asked of them counts as often: a page of hits has hundreds of times as many. */
const VARIANTS = { field: 'variants', times: 50 } as const;

/** The deepest nesting of the variables: a filter of 8 levels has some 20. */
const DEEPEST = 64;

/**
 * The deepest nesting of a value that the document writes out: a filter of 8 levels has as many. The planner looks into every list of it
 * twice, so each level doubles its work, and thirty would hold up all answers for an hour. It does not look into variables.
 */
const DEEPEST_WRITTEN = 10;

/** What an operation comes to when its fragments are written out. */
type Extent = Readonly<Record<keyof typeof MOST, number>>;

const NAMES: Readonly<Record<keyof typeof MOST, string>> = {
  questions: 'questions at the top',
  fields: 'fields',
  levels: 'levels',
};

/**
 * Refuses, before it is planned, an operation that is not there, and one that asks for too much at once: aliases repeat a question,
 * and fragments within fragments grow without bound.
 */
export function operationLimits(): ApolloServerPlugin {
  // A document that is asked again is the same object.
  const within = new WeakSet<OperationDefinitionNode>();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ request, document, operation }) => {
          if (!operation) throw refusal('OPERATION_RESOLUTION_FAILURE', unresolved(request.operationName));
          if (operation.operation === OperationTypeNode.SUBSCRIPTION)
            throw refusal('OPERATION_RESOLUTION_FAILURE', 'Medley has no subscriptions. Send a query or a mutation.');
          if (deeperThan(DEEPEST, request.variables))
            throw refusal(
              'INVALID_INPUT',
              `The variables are nested more than ${String(DEEPEST)} levels deep. Flatten them.`,
            );
          if (!within.has(operation)) {
            refuseBeyond(extentOf(operation.selectionSet, fragmentsOf(document)));
            refuseDeep(document);
          }
          within.add(operation);
          return Promise.resolve();
        },
      }),
  };
}

function unresolved(name: string | undefined): string {
  if (name) return 'The document has no operation with the name in "operationName".';
  return 'The document has several operations, or none; name one of them in "operationName".';
}

/** Whether a value has more levels than that; level by level, since what is too deep would break a recursion, too. */
function deeperThan(most: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= most && level.length > 0; depth++)
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
  return level.length > 0;
}

function refuseBeyond(extent: Extent): void {
  for (const [what, most] of Object.entries(MOST) as [keyof typeof MOST, number][]) {
    const came = extent[what] > 1e6 ? 'millions of' : String(extent[what]);
    const message = `The operation has ${came} ${NAMES[what]}; at most ${String(most)} are allowed. Send several operations.`;
    if (extent[what] > most) throw refusal('OPERATION_TOO_LARGE', message);
  }
}

function refuseDeep(document: DocumentNode): void {
  const levels = writtenLevels(document);
  const message = `A value in the document is nested ${String(levels)} levels deep; at most ${String(DEEPEST_WRITTEN)} are allowed. Flatten it.`;
  if (levels > DEEPEST_WRITTEN) throw refusal('INVALID_INPUT', message);
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

/** What is known of each fragment, measured once: so the measure itself cannot be made to run for long. */
type Fragments = ReadonlyMap<string, { readonly definition: FragmentDefinitionNode; extent?: Extent }>;

function fragmentsOf({ definitions }: DocumentNode): Fragments {
  return new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, { definition: one }] as const] : [],
    ),
  );
}

/** Fragments have no circles: validation has seen to that. */
function extentOf(set: SelectionSetNode | undefined, fragments: Fragments): Extent {
  const sum = { questions: 0, fields: 0, levels: 0 };
  for (const selection of set?.selections ?? []) {
    const { questions, fields, levels } = extentOfOne(selection, fragments);
    sum.questions += questions;
    sum.fields += fields;
    sum.levels = Math.max(sum.levels, levels);
  }
  return sum;
}

function extentOfOne(selection: SelectionNode, fragments: Fragments): Extent {
  if (selection.kind === Kind.INLINE_FRAGMENT) return extentOf(selection.selectionSet, fragments);
  if (selection.kind === Kind.FIELD) {
    const { fields, levels } = extentOf(selection.selectionSet, fragments);
    const times = selection.name.value === VARIANTS.field ? VARIANTS.times : 1;
    return { questions: 1, fields: times * fields + 1, levels: levels + 1 };
  }
  const fragment = fragments.get(selection.name.value);
  if (!fragment) return { questions: 0, fields: 0, levels: 0 };
  fragment.extent ??= extentOf(fragment.definition.selectionSet, fragments);
  return fragment.extent;
}

/** Numbers that are written out have to be numbers: 1e999 is none that could be computed with. */
export const finiteNumbers: ValidationRule = (context: ValidationContext) => {
  const check = (node: IntValueNode | FloatValueNode): void => {
    if (!Number.isFinite(Number(node.value)))
      context.reportError(new GraphQLError(`The number ${node.value} is too large.`, { nodes: node }));
  };
  return { IntValue: check, FloatValue: check };
};

/**
 * Every part of the schema is told at most once. GraphQL itself bounds how deep a schema is asked about, but each list of it that is
 * asked for under several names multiplies the answer, and a kilobyte of question comes to gigabytes.
 */
export const plainIntrospection: ValidationRule = (context: ValidationContext) => {
  let told = false;
  const renamed = ({ name, alias }: FieldNode): boolean => {
    const parent = context.getParentType();
    return alias !== undefined && (name.value === '__schema' || (!!parent && isIntrospectionType(parent)));
  };
  return {
    Field: (node) => {
      if (told || !renamed(node)) return;
      told = true;
      const message = `"${node.name.value}" cannot have an alias: introspection fields are answered once each. Leave out the alias.`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
};
