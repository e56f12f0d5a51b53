/** For each name in the answer, which of the items that were asked for stands where: a router may name one item many times. */
export type Places = ReadonlyMap<string, readonly number[]>;

/** What was asked, each of it once. */
export interface Distinct {
  readonly ids: readonly string[];
  readonly places: readonly number[];
}

/** Each id once, in the order in which they came, and the place of each that came among them. */
export function distinct(ids: readonly string[]): Distinct {
  const place = new Map([...new Set(ids)].map((id, i) => [id, i]));
  return { ids: [...place.keys()], places: ids.map((id) => place.get(id) ?? -1) };
}

/** An answer with every item in each place that it was asked for. */
export function placed<Answer extends { readonly data?: Readonly<Record<string, unknown>> | null }>(
  answer: Answer,
  places: Places,
): Answer {
  const { data } = answer;
  if (!data) return answer;
  const spread = Object.entries(data).map(([name, told]) => {
    const of = places.get(name);
    return [name, of && Array.isArray(told) ? of.map((place) => told[place] as unknown) : told] as const;
  });
  return { ...answer, data: Object.fromEntries(spread) };
}
