import type { GenerationHead } from './index/item-index.ts';

/** What clients may know of the published generation: enough to build filters and facets for a catalogue never seen before. */
export function published(head: (GenerationHead & { readonly items: number }) | undefined) {
  if (!head) return null;
  return {
    name: head.catalogue,
    items: head.items,
    builtAt: head.createdAt,
    fields: Object.entries(head.fields).map(([name, type]) => ({ name, type: type.toUpperCase() })),
  };
}
