export interface ServedPages {
  readonly storefront: boolean;
}

/** What is printed once Medley serves: where, and what is there. */
export function servedAt(address: string, { storefront }: ServedPages): string {
  const pages = [...(storefront ? [['storefront', '/']] : []), ['GraphQL', '/graphql']];
  return [
    `Medley serves at ${address}`,
    ...pages.map(([name = '', path = '']) => `  ${name.padEnd(10)}  ${address}${path}`),
  ].join('\n');
}
