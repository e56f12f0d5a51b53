/** What a query should find: grades by item id, 0 and up. What is not judged counts as 0. */
export type Grades = ReadonlyMap<string, number>;

/** The items of the query's highest grade: what reciprocal rank, recall and hit count as found. */
export function wanted(grades: Grades): ReadonlySet<string> {
  const highest = Math.max(...grades.values());
  return new Set([...grades].filter(([, grade]) => grade > 0 && grade === highest).map(([id]) => id));
}
