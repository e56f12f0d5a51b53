import type { Vector } from '../../../../../src/vocabulary/vector.ts';
import { sizeOf, Workspace } from './workspace.ts';
import type { Matrix } from './workspace.ts';

const BATCH = 64;

interface Bench {
  readonly space: Workspace;
  readonly map: Matrix;
  readonly inputs: Matrix;
  readonly outputs: Matrix;
}

/** A matrix that vectors are multiplied with, one output a row; made ready for fast products on first use. */
export class LinearMap {
  readonly rows: readonly Vector[];
  readonly inputs: number;
  readonly outputs: number;
  #bench: Bench | undefined;

  constructor(rows: readonly Vector[]) {
    this.rows = rows;
    this.outputs = rows.length;
    this.inputs = rows[0]?.length ?? 0;
  }

  /** In the order of the vectors. About a millisecond each for 1,900 by 384. */
  apply(vectors: readonly Vector[]): Vector[] {
    this.#bench ??= this.#setUp();
    const { space, map, inputs, outputs } = this.#bench;
    const results: Vector[] = [];
    for (let start = 0; start < vectors.length; start += BATCH) {
      const batch = vectors.slice(start, start + BATCH);
      space.fill(inputs, batch);
      space.fill(outputs, []);
      space.multiply(outputs, [batch.length < 4 ? { ...inputs, rows: 4 } : inputs, map]);
      results.push(...batch.map((_, row) => space.row(outputs, row, this.outputs)));
    }
    return results;
  }

  /** This map of what another one gives. */
  after(inner: LinearMap): LinearMap {
    return new LinearMap(across(this.apply(across(inner.rows, inner.inputs)), this.outputs));
  }

  #setUp(): Bench {
    const shapes = [
      [this.outputs, this.inputs],
      [BATCH, this.inputs],
      [BATCH, this.outputs],
    ] as const;
    const space = new Workspace(sizeOf(shapes));
    const map = space.matrix(this.outputs, this.inputs);
    space.fill(map, this.rows);
    return { space, map, inputs: space.matrix(BATCH, this.inputs), outputs: space.matrix(BATCH, this.outputs) };
  }
}

/** The columns of rows that have so many. */
function across(rows: readonly Vector[], columns: number): Vector[] {
  return Array.from({ length: columns }, (_, column) => Float32Array.from(rows, (row) => row[column] ?? 0));
}
