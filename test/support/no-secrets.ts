/** What no answer may hold, whatever was asked and whatever failed. */
const SECRETS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an address of this machine', /\b127\.0\.0\.1\b|\blocalhost\b|\b0\.0\.0\.0\b|\[?::1\]?:\d/],
  [
    'a place in the file system',
    /(?:^|[\s"'(=])\/(?:tmp|work|home|usr|var|root|etc)\/|node_modules|file:\/\/|\.medley\b/,
  ],
  ['source code', /\.(?:ts|js|rs|py):\d+|\\n\s+at /],
  ['a hidden field', /"(?:request|encoding|viewer|_entities|_service|__stack|stacktrace)"\s*[:,\]]/],
  ['a hidden type', /\b(?:QueryEncoding|EncodedPart|SearchRequest)\b/],
  [
    'the words of a part underneath',
    /\b(?:E(?:CONN|NOENT|ACCES|PIPE)[A-Z]*|lance(?:db)?|pglite|kysely|onnx\w*|undici|cockatiel)\b/i,
  ],
];

/** What an answer gives away, in words; empty for a clean one. `except` are texts that the client sent itself. */
export function secretsIn(answer: string, except: readonly string[] = []): readonly string[] {
  const own = except.reduce((text, said) => text.replaceAll(said, ''), answer);
  return SECRETS.flatMap(([what, pattern]) => {
    const found = pattern.exec(own);
    return found ? [`${what}: ${own.slice(Math.max(0, found.index - 40), found.index + 80)}`] : [];
  });
}
