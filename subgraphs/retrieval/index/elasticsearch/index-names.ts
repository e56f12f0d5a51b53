/** How the indexes of one Medley are called: an alias that serves, one for the generation before it, and an index of notes. */
export interface IndexNames {
  readonly serving: string;
  readonly previous: string;
  readonly notes: string;
  /** All generations. */
  readonly generations: string;
  generation(id: string): string;
}

export function indexNames(prefix: string): IndexNames {
  return {
    serving: prefix,
    previous: `${prefix}-previous`,
    notes: `${prefix}-notes`,
    generations: `${prefix}-generation-*`,
    generation: (id) => `${prefix}-generation-${id.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '_')}`,
  };
}
