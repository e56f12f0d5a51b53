import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, isInputObjectType, isRequiredInputField } from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);

describe('the schema for clients', () => {
  it('tells of whatever may be left out of an input what it is, there or at the input', () => {
    const untold = inputs.flatMap((input) =>
      Object.values(input.getFields())
        .filter((field) => !isRequiredInputField(field) && field.defaultValue === undefined)
        .filter((field) => !field.description && !input.description)
        .map(({ name }) => `${input.name}.${name}`),
    );
    expect(untold).toEqual([]);
  });
});
