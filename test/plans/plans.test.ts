import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { PlanNode } from '@apollo/query-planner';
import { buildSchema, parse } from 'graphql';
import { composeSupergraph } from '../../src/cli/compose.ts';
import { asItems } from '../../src/gateway/as-subgraph/entity-request.ts';
import { withFederationFields } from '../../src/gateway/as-subgraph/subgraph-schema.ts';
import { guardedFields } from '../../src/gateway/access/guarded-fields.ts';

const committed = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const supergraph = Supergraph.build(guardedFields(committed).supergraph);
const planner = new QueryPlanner(supergraph);

/** A plan as an outline: subgraph names, `[a | b]` for what runs at the same time, `>` for what follows. */
function outline(query: string, asked = parse(query)): string {
  const { node } = planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), asked));
  return node && node.kind !== 'Subscription' ? describeNode(node) : '';
}

function describeNode(node: PlanNode): string {
  switch (node.kind) {
    case 'Sequence':
      return node.nodes.map(describeNode).join(' > ');
    case 'Parallel':
      return `[${node.nodes.map(describeNode).sort().join(' | ')}]`;
    case 'Flatten':
      return describeNode(node.node);
    case 'Fetch':
      return node.serviceName;
    default:
      return node.kind;
  }
}

describe('a plan', () => {
  it('of a search is entry, then query-embedding beside user-profile, then retrieval', () => {
    const query =
      '{ search(input: { text: "a" }) { id edges { score node { title } } facets { field } ranking { profile } degradations { code } } }';
    expect(outline(query)).toBe('entry > [query-embedding | user-profile] > retrieval');
  });

  it('of similar items asks no embedding', () => {
    expect(outline('{ similarItems(input: { like: [{ id: "1" }] }) { nodes { id } } }')).toBe(
      'entry > user-profile > retrieval',
    );
  });

  it('of shelves asks no embedding and stocks them in one fetch', () => {
    expect(
      outline(
        '{ recommendations(input: { shelves: [{ kind: FOR_YOU }, { kind: TRENDING }] }) { items { itemId } reason } }',
      ),
    ).toBe('entry > user-profile > retrieval');
  });

  it('of a search whose client asks only for the id fetches nothing else', () => {
    expect(outline('{ search(input: { text: "a" }) { id queryId } }')).toBe('entry');
  });

  it('of whatever page of items, which tells its query id, has no step more', () => {
    const page = '... on ItemPage { queryId edges { score } }';
    expect(outline(`{ search(input: { text: "a" }) { ${page} } }`)).toBe(
      'entry > [query-embedding | user-profile] > retrieval',
    );
    expect(outline(`{ similarItems(input: { like: [{ id: "1" }] }) { ${page} } }`)).toBe(
      'entry > user-profile > retrieval',
    );
  });

  it('of the items that a router asks for by their keys is one fetch, however many they are', () => {
    const query =
      'query ($all: [_Any!]!) { _entities(representations: $all) { ... on Item { title price { amount } } } }';
    const all = ['a', 'b', 'c'].map((id) => ({ __typename: 'Item', id }));
    const schema = withFederationFields(buildSchema(composeSupergraph().api));
    const { document } = asItems({ document: parse(query), variables: { all } }, schema);
    expect(outline(query, document)).toBe('retrieval');
  });
});

describe('the schema', () => {
  it('is committed as the subgraphs compose now', () => {
    expect(`${composeSupergraph().supergraph}\n`).toBe(committed);
  });

  it('shows no client a vector, a tilt or the request', () => {
    expect(composeSupergraph().api).not.toMatch(
      /scalar (Vector|Tilt|Taste|SearchRequest)|QueryEncoding|encoding:|viewer:|request:/,
    );
  });
});
