import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { codesOf } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ items: 0 });
});
afterAll(() => shop.close());

const repeated = (field: string, rest: string): string =>
  Array.from({ length: 8 }, (_, n) => `a${String(n)}: ${field} ${rest}`).join(' ');

/** All that can be asked of a type, by so many lists within lists. */
function broad(lists: number): string {
  const plain = '__typename kind name description specifiedByURL enumValues { __typename name description }';
  if (lists === 0) return `{ ${plain} ofType { ofType { ${plain} } } }`;
  const inner = broad(lists - 1);
  const values = `{ __typename name description type ${inner} }`;
  return `{ ${plain} fields { name description args ${values} type ${inner} } inputFields ${values} interfaces ${inner} possibleTypes ${inner} }`;
}

describe('whoever asks what the schema is', () => {
  it('is answered as GraphiQL and code generators ask', async () => {
    const query = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    });
    const { status, data, errors } = await shop.ask<{ __schema: { types: { name: string }[] } }>(query);
    expect([status, errors]).toEqual([200, []]);
    expect(data.__schema.types.map(({ name }) => name)).toContain('SearchInput');
    const both = await shop.ask('{ a: __type(name: "Item") { name } b: __type(name: "Query") { name } }');
    expect(both).toMatchObject({ status: 200, data: { a: { name: 'Item' }, b: { name: 'Query' } } });
  });

  it.each([
    ['whole', `{ ${repeated('__schema', '{ types { name } }')} }`],
    ['by its lists', `{ __schema { ${repeated('types', '{ name }')} } }`],
    [
      'by lists within lists, in fragments',
      `{ __schema { types { ...A } } } fragment A on __Type { ${repeated('fields', '{ ...B }')} } fragment B on __Field { ${repeated('name', '')} }`,
    ],
    ['one type of it', `{ __type(name: "Item") { ${repeated('fields', '{ name }')} } }`],
  ])('cannot have it repeated under many names: %s', async (_, query) => {
    const answer = await shop.ask(query);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(answer.errors[0]?.message).toContain('alias');
  });

  it('is refused more fields than any other operation may have', async () => {
    const { status } = await shop.ask(`{ __schema { types ${broad(2)} } }`);
    expect(status).toBe(200);
    const wide = Array.from({ length: 19 }, (_, n) => `t${String(n)}: __type(name: "Item") ${broad(1)}`).join(' ');
    expect(codesOf(await shop.ask(`{ ${wide} }`))).toEqual(['OPERATION_TOO_LARGE']);
  });
});
