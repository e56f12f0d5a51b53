# syntax=docker/dockerfile:1
# One image, four programs: which one runs is the command (see compose.yaml). All of them: `medley serve`, the default.

FROM node:24-bookworm-slim AS build
WORKDIR /medley
COPY package.json package-lock.json .npmrc ./
COPY tools/node tools/node
COPY tools/empty tools/empty
RUN npm ci
COPY . .
RUN npm run build:demo && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    MEDLEY_DATA_DIR=/var/lib/medley
# A fifth less memory; see "Memory" in docs/scaling.md.
ENV MALLOC_ARENA_MAX=2
WORKDIR /medley
RUN mkdir -p /var/lib/medley && chown 1000:1000 /var/lib/medley
COPY --from=build /medley/package.json ./
COPY --from=build /medley/node_modules node_modules
COPY --from=build /medley/bin bin
COPY --from=build /medley/schema schema
COPY --from=build /medley/src src
COPY --from=build /medley/subgraphs subgraphs
COPY --from=build /medley/models models
COPY --from=build /medley/demo demo
USER 1000:1000
VOLUME /var/lib/medley
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/medley.js", "serve"]
