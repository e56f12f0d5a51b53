import type { ViewerRef } from '../../../src/vocabulary/search-request.ts';

/** Numbers viewers as they come, so that none is named. Who is unknown is somebody else each time. */
export class ViewerNumbers {
  readonly #known = new Map<string, number>();
  #last = 0;

  of(viewer: ViewerRef): number {
    const name = nameOf(viewer);
    const known = name === undefined ? undefined : this.#known.get(name);
    if (known !== undefined) return known;
    this.#last += 1;
    if (name !== undefined) this.#known.set(name, this.#last);
    return this.#last;
  }
}

export function isKnown(viewer: ViewerRef): boolean {
  return nameOf(viewer) !== undefined;
}

function nameOf({ userId, clientId }: ViewerRef): string | undefined {
  if (userId !== undefined) return `u:${userId}`;
  return clientId === undefined ? undefined : `c:${clientId}`;
}
