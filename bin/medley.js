#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node gets a sentence here, where TypeScript would give it a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `Medley needs Node 22.19 or newer, this is ${process.versions.node}. Start it through npm ("npm start", "npm run medley -- ..."): ` +
      'npm ci brings a newer Node on Linux; elsewhere install one.',
  );
  process.exit(1);
}
process.env.NODE_ENV ??= 'production';
await import('../src/cli/medley.ts');
