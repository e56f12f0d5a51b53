import { extendSchema, Kind, parse, print, printSchema, visit } from 'graphql';
import type { ConstDirectiveNode, GraphQLSchema } from 'graphql';

/** What a supergraph asks of a subgraph, and may fetch by its key (Apollo Federation, "Subgraph specification"). */
const FEDERATION_FIELDS = parse(`
  "What a router sends to say which entity it means: its __typename and its key."
  scalar _Any
  union _Entity = Item
  type _Service { sdl: String! }
  extend type Query {
    "The schema for the composition of a supergraph."
    _service: _Service!
    "Items by their key, id, in that order; null where there is none."
    _entities(representations: [_Any!]!): [_Entity]!
  }
`);

/** The lowest version that all that is used belongs to, so that any composition of Federation 2 takes it. */
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])';

/**
 * Plain values that others in a supergraph have, too: pages as Relay specifies them, and what a shop overrides of an item, its price
 * or pictures, is made of.
 */
const SHARED: ReadonlySet<string> = new Set(['PageInfo', 'Money', 'Image']);

/** The schema for clients with what a router asks on top. */
export function withFederationFields(api: GraphQLSchema): GraphQLSchema {
  return extendSchema(api, FEDERATION_FIELDS);
}

/** The schema for clients as that of one subgraph, whose items are an entity: other subgraphs may add fields to them, or lead to them. */
export function subgraphSdl(api: GraphQLSchema): string {
  const marked = visit(parse(printSchema(api)), {
    ObjectTypeDefinition: (type) => {
      if (SHARED.has(type.name.value)) return { ...type, directives: [directive('shareable')] };
      return type.name.value === 'Item' ? { ...type, directives: [KEY] } : undefined;
    },
  });
  return `${LINK}\n\n${print(marked)}\n`;
}

const KEY: ConstDirectiveNode = {
  ...directive('key'),
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'fields' },
      value: { kind: Kind.STRING, value: 'id' },
    },
  ],
};

function directive(name: string): ConstDirectiveNode {
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name } };
}
