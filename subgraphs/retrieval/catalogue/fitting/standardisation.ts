import type { FeatureBlock } from '../../../../src/inference/encoder.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';

/**
 * What makes one catalogue's picture features comparable, dimension by dimension:
 * clip((x - shift) * gain, -limit, limit) - centre. Arrays are as long as the encoder's vector.
 */
export interface Standardisation {
  readonly shift: Vector;
  readonly gain: Vector;
  readonly limit: Vector;
  readonly centre: Vector;
}

const NO_LIMIT = 3e38;

/** Fits shift and gain of the blocks that ask for it to these pictures, then the centre of what comes out. */
export function fitStandardisation(features: readonly Vector[], blocks: readonly FeatureBlock[]): Standardisation {
  const dims = Math.max(...blocks.map(({ offset, dims: length }) => offset + length));
  const shift = new Float32Array(dims);
  const gain = new Float32Array(dims).fill(1);
  const limit = new Float32Array(dims).fill(NO_LIMIT);
  const { means, deviations } = moments(features, dims);
  for (const { offset, dims: length, treatment, scale, clip } of blocks)
    for (let i = offset; i < offset + length; i++) {
      const deviation = deviations[i] ?? 0;
      shift[i] = treatment === 'standardise' ? (means[i] ?? 0) : 0;
      gain[i] = treatment === 'unit' ? scale : deviation > 1e-6 ? scale / deviation : 0;
      if (clip !== undefined) limit[i] = clip * scale;
    }
  const fitted = { shift, gain, limit, centre: new Float32Array(dims) };
  const centre = Float32Array.from(
    moments(
      features.map((picture) => standardise(fitted, picture)),
      dims,
    ).means,
  );
  return { ...fitted, centre };
}

/** A picture's features as the catalogue sees them: standardised, scaled block by block, and centred. Not of unit length. */
export function standardise({ shift, gain, limit, centre }: Standardisation, features: Vector): Vector {
  return features.map((x, i) => {
    const most = limit[i] ?? NO_LIMIT;
    return Math.min(most, Math.max(-most, (x - (shift[i] ?? 0)) * (gain[i] ?? 1))) - (centre[i] ?? 0);
  });
}

function moments(
  rows: readonly Vector[],
  dims: number,
): { readonly means: Float64Array; readonly deviations: Float64Array } {
  const means = new Float64Array(dims);
  const squares = new Float64Array(dims);
  for (const row of rows)
    for (let i = 0; i < dims; i++) {
      const x = row[i] ?? 0;
      means[i] = (means[i] ?? 0) + x;
      squares[i] = (squares[i] ?? 0) + x * x;
    }
  const count = Math.max(1, rows.length);
  const deviations = squares.map((square, i) =>
    Math.sqrt(Math.max(0, square / count - ((means[i] ?? 0) / count) ** 2)),
  );
  return { means: means.map((sum) => sum / count), deviations };
}
