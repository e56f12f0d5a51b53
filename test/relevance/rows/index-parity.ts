import { environment } from '../../../src/runtime/environment.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { meanEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { comparePairs } from '../parity/compare.ts';
import type { PairFigures } from '../parity/compare.ts';
import { number } from '../present.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { reaches, standing } from '../standing.ts';

export const row: RelevanceRow = {
  name: 'index-parity',
  claim: 'The same catalogue gives the same answers in the embedded index, in Elasticsearch and in the exact twin.',
  needs: ['films', 'fashion'],
  run,
};

const GOAL = 0.95;
/** How far the parts of an explanation may be apart, and how far nDCG@10. */
const COSINES = 1e-3;
const QUALITY = 0.01;

async function run(context: RowContext): Promise<RowReport> {
  const { ELASTICSEARCH_URL: url } = environment();
  if (url === undefined)
    throw new MedleyError('INVALID_SETTING', 'ELASTICSEARCH_URL names no cluster; npm run elasticsearch starts one');
  const pairs = await comparePairs(url.split(','), context);
  const overlaps = pairs.flatMap((pair) => [pair.overlaps, pair.filteredOverlaps]);
  const worst = overlaps.reduce((a, b) => (mean(b) < mean(a) ? b : a));
  const result: Estimate = meanEstimate(worst);
  const cosine = Math.max(...pairs.map((pair) => pair.cosine));
  const quality = Math.max(...pairs.map((pair) => Math.abs(pair.quality)));
  return {
    metric: 'overlap of the first ten, of the pair of indexes that agree least',
    result,
    baselines: Object.fromEntries(pairs.map((pair) => [pair.name, mean(pair.overlaps)])),
    control: null,
    n: worst.length,
    goal: GOAL,
    ...standing([
      reaches(result, GOAL),
      { holds: cosine <= COSINES, otherwise: `cosines differ by ${number(cosine)}` },
      { holds: quality <= QUALITY, otherwise: `nDCG@10 differs by ${number(quality)}` },
    ]),
    arms: pairs.map((pair) => ({ name: pair.name, figures: figuresOf(pair) })),
    notes: [
      `Cosines differ by ${cosine.toExponential(1)} at most, nDCG@10 by ${number(quality)}. BM25 differs by up to ` +
        `${number(Math.max(...pairs.map(({ lexical }) => lexical)))} of itself between Elasticsearch and the others: Lucene keeps the ` +
        'length of a text in a byte, exact up to 40 terms.',
    ],
  };
}

function figuresOf({ overlaps, filteredOverlaps, quality, cosine, lexical }: PairFigures) {
  return {
    'overlap@10': mean(overlaps),
    'overlap@10 with a filter': mean(filteredOverlaps),
    'difference of nDCG@10': quality,
    'largest difference of cosines': cosine,
    'largest difference of BM25': lexical,
  };
}
