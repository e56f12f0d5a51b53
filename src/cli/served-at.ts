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

/** Said at once when Medley is told to stop: what is under way may take a while. */
export function sayStopping(): void {
  console.error('Medley is stopping, once requests under way are answered. Press Ctrl-C again to stop at once.');
}
