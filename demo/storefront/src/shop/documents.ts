const ITEM = `id title description brand category images { url alt } price { amount currency } inStock groupId attributes`;
const EDGE = `position score itemId node { ${ITEM} }`;
const WHY = `explanation { summary boost signals { signal raw normalized weight contribution rank imputed } }`;
const VARIANT = `id title images { url alt }`;
const SAID = `highlights(length: 90) { field parts { text matched } }`;

export const CATALOGUE = `{ catalogue { name items fields { name type } } }`;

export const SEARCH = `query Search($input: SearchInput!, $first: Int, $after: String) {
  search(input: $input, first: $first, after: $after) {
    queryId
    totalCount { value relation }
    pageInfo { hasNextPage endCursor }
    facets { field values { value count selected from to } }
    ranking { profile version weights { signal weight prior queryTilt viewerTilt } }
    didYouMean
    degradations { code message }
    edges { ${EDGE} ${WHY} ${SAID} variants(first: 4) { ${VARIANT} } }
  }
}`;

export const SIMILAR = `query Similar($input: SimilarItemsInput!, $first: Int) {
  similarItems(input: $input, first: $first) { queryId edges { ${EDGE} ${WHY} } }
}`;

export const SHELVES = `query Shelves($input: RecommendationsInput!) {
  recommendations(input: $input) { id kind reason fallback items { ${EDGE} } }
}`;

export const ONE_ITEM = `query Item($id: ID!) { item(id: $id) { ${ITEM} } variants(id: $id, first: 12) { ${VARIANT} } }`;

export const SUGGEST = `query Suggest($prefix: String!) { suggest(prefix: $prefix, limit: 6) { text } }`;

export const PROFILE = `query Profile($userId: ID, $clientId: ID) {
  viewerProfile(userId: $userId, clientId: $clientId) {
    confidence eventsUsed mixture { text image experts { name gate text image } }
  }
}`;

export const RECORD = `mutation Record($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }`;
