/** What the server said when it could not answer, in words fit for a shopper. */
export class ShopError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface GraphAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends one GraphQL operation; a partial answer counts as an answer. */
export async function ask<T>(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): Promise<T> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  };
  const response = await reached('/graphql', { ...request, ...(signal ? { signal } : {}) });
  const answer = (await response.json().catch(() => ({}))) as GraphAnswer<T>;
  const error = answer.errors?.[0];
  if (answer.data && Object.values(answer.data).some((value) => value !== null)) return answer.data;
  if (error) throw new ShopError(error.extensions?.code ?? 'UNKNOWN', error.message);
  if (answer.data) return answer.data;
  throw new ShopError('UNREADABLE', `The shop answered with status ${String(response.status)}.`);
}

/** Uploads a picture and returns the id to search with. */
export async function uploadPicture(picture: Blob): Promise<string> {
  const response = await reached('/images', {
    method: 'POST',
    headers: { 'content-type': picture.type || 'application/octet-stream' },
    body: picture,
  });
  const answer = (await response.json().catch(() => ({}))) as { readonly id?: string } & GraphAnswer<never>;
  if (!response.ok || !answer.id)
    throw new ShopError(
      'PICTURE',
      answer.errors?.[0]?.message ?? 'This picture could not be read. Try a JPEG, PNG or WebP.',
    );
  return answer.id;
}

async function reached(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') throw problem;
    throw new ShopError('UNREACHABLE', 'The shop cannot be reached right now.');
  }
}
