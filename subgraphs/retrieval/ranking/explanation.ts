import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { Signal } from '../../../src/vocabulary/signal.ts';
import type { Hit } from './hit.ts';

const PHRASES: Readonly<Record<Signal, { readonly strong: string; readonly weak: string; readonly imputed: string }>> =
  {
    LEXICAL: { strong: 'its words match the query', weak: 'some of its words match', imputed: '' },
    TEXT: {
      strong: 'its text means what was asked',
      weak: 'its text is near in meaning',
      imputed: 'its text could not be compared',
    },
    IMAGE: {
      strong: 'its picture looks like what was asked',
      weak: 'its picture looks a little like it',
      imputed: 'it has no picture, so an average one was assumed',
    },
    ITEM: {
      strong: 'its text and picture together fit what was asked',
      weak: 'its text and picture together come near what was asked',
      imputed: 'its text and picture could not be compared together',
    },
  };

/** One sentence that a product manager understands: what carried the hit, in order of what it brought. */
export function summarise(hit: Hit): string {
  const told = SIGNALS.flatMap((signal) => {
    const score = hit.named && signal === 'LEXICAL' ? undefined : hit.signals[signal];
    return score && (score.imputed || score.contribution > 0.01) ? [{ signal, score }] : [];
  }).sort((a, b) => b.score.contribution - a.score.contribution);
  const [first, ...rest] = [
    ...byRule(hit),
    ...byItsId(hit),
    ...told.map(({ signal, score }) => {
      const phrase = PHRASES[signal];
      if (score.imputed) return phrase.imputed;
      return `${score.normalised >= 0.5 ? phrase.strong : phrase.weak} (${percent(score.contribution, hit.score - hit.boost)} of the match)`;
    }),
  ];
  if (!first) return 'Shown because it passes the filter; nothing was asked that could be compared.';
  const boost =
    Math.abs(hit.boost) < 0.005
      ? []
      : [
          `what the shop favours (popularity, freshness, stock, fitting pictures, its rules), a part of every score, ${hit.boost > 0 ? 'lifted' : 'held back'} this one by ${Math.abs(hit.boost).toFixed(2)}`,
        ];
  return `Shown because ${[first, ...rest, ...boost].join('; ')}.`;
}

function byRule({ pinnedBy }: Hit): readonly string[] {
  return pinnedBy === undefined ? [] : [`the shop put it here (rule "${pinnedBy}")`];
}

/** An item that is named may stand first, though its words count little or nothing. */
function byItsId({ named, score, boost, signals }: Hit): readonly string[] {
  if (!named) return [];
  const share = percent(signals.LEXICAL?.contribution ?? 0, score - boost);
  const first = named === 'FIRST' ? ', which goes before any score' : '';
  return [`its id is what was asked for${first} (${share} of the match)`];
}

function percent(part: number, whole: number): string {
  return whole > 0 ? `${String(Math.round((100 * part) / whole))} %` : '0 %';
}
