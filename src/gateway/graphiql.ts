import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const resolve = createRequire(import.meta.url).resolve;

const EXAMPLE = `# Words, meaning and looks in one ranking. Press play.
query Search {
  search(input: { text: "teal dotted dress" }, first: 5) {
    queryId
    totalCount { value relation }
    ranking { weights { signal weight prior queryTilt viewerTilt } }
    edges { position score node { title } explanation { summary } }
    degradations { code message }
  }
}
`;

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Medley: GraphiQL</title><link rel="stylesheet" href="/graphiql/graphiql.min.css">
<style>html, body, #graphiql { height: 100%; margin: 0 }</style></head>
<body><div id="graphiql"></div>
<script src="/graphiql/react/react.production.min.js"></script>
<script src="/graphiql/react-dom/react-dom.production.min.js"></script>
<script src="/graphiql/graphiql.min.js"></script>
<script src="/graphiql/start.js"></script></body></html>`;

const START = `ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher: GraphiQL.createFetcher({ url: '/graphql' }), defaultQuery: ${JSON.stringify(EXAMPLE)} }));`;

/** A page to try queries on, from this server alone: a browser that asks /graphql for HTML gets it, offline too. */
export async function serveGraphiql(app: FastifyInstance): Promise<void> {
  const folders = {
    '/graphiql/': 'graphiql/package.json',
    '/graphiql/react/': 'react/package.json',
    '/graphiql/react-dom/': 'react-dom/package.json',
  };
  for (const [prefix, entry] of Object.entries(folders)) {
    const root = prefix === '/graphiql/' ? dirname(resolve(entry)) : join(dirname(resolve(entry)), 'umd');
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: false,
      allowedPath: (path) => /\.(min\.js|min\.css)$/.test(path),
    });
  }
  app.get('/graphiql/start.js', (_, reply) => reply.type('text/javascript').send(START));
  app.addHook('onRequest', async (request, reply) => {
    const isGet = request.method === 'GET' && /^\/graphql(\?|$)/.test(request.url);
    if (isGet && request.headers.accept?.includes('text/html')) await reply.type('text/html').send(PAGE);
  });
}
