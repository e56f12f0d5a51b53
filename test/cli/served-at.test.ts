import { describe, expect, it } from '@jest/globals';
import { servedAt } from '../../src/cli/served-at.ts';

describe('what is printed once Medley serves', () => {
  it('names the storefront only where there is one', () => {
    const address = 'http://127.0.0.1:4000';
    expect(servedAt(address, { storefront: true })).toContain(`storefront  ${address}/\n`);
    expect(servedAt(address, { storefront: false })).not.toContain('storefront');
    expect(servedAt(address, { storefront: false })).toContain(`GraphQL     ${address}/graphql`);
  });
});
