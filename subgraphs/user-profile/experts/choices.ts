import { decay } from '../decay.ts';
import type { EvidenceSums, RecordedEvent } from '../profile-store.ts';
import { NO_OPINION } from './expert.ts';
import type { Expert, Opinion } from './expert.ts';

/** How well each modality told this viewer's choices from what was passed over. */
export const choices: Expert = {
  name: 'choices',
  trust: 1,
  opinion: ({ history, now, halfLife, everyone }) =>
    opinionOfChoices(history.events, everyone, (at) => decay(now - at, halfLife)),
};

/** Pseudo-choices of each outcome, so that one lucky click is no conviction: Beta(4, 4). */
const BETA = 4;

/** Pseudo-choices of no difference in what is known of everyone: a lone viewer is not its own population. */
const POPULATION = 20;

/**
 * Shown and sampled evidence are judged apart and averaged by weight. Log-odds are those of the posterior mean under Beta(4, 4), per modality;
 * their difference is the opinion. Sampled evidence counts by how far it differs from that of all other viewers (empirical Bayes).
 */
export function opinionOfChoices(
  events: readonly RecordedEvent[],
  everyone: EvidenceSums,
  left: (at: number) => number,
): Opinion {
  const shown = sums(events, false, left);
  const sampled = sums(events, true, left);
  const evidence = shown.weight + sampled.weight;
  if (evidence === 0) return NO_OPINION;
  const own = sums(events, true, () => 1);
  const usual = difference(without(everyone, own), POPULATION);
  const logOdds =
    shown.weight * difference(shown, BETA) +
    sampled.weight * (difference(sampled, BETA) - shrunk(usual, sampled.weight));
  return { logOdds: logOdds / evidence, evidence };
}

/** The viewer's own difference is pulled to 0 by the Beta prior; what is usual has to be pulled alike before they are compared. */
function shrunk(usual: number, weight: number): number {
  return (usual * weight) / (weight + 2 * BETA);
}

function sums(events: readonly RecordedEvent[], sampled: boolean, left: (at: number) => number): EvidenceSums {
  return events.reduce(
    (sum, { at, evidence }) => {
      if (!evidence || evidence.sampled !== sampled) return sum;
      const weight = evidence.weight * left(at);
      return {
        weight: sum.weight + weight,
        text: sum.text + weight * evidence.text,
        image: sum.image + weight * evidence.image,
      };
    },
    { weight: 0, text: 0, image: 0 },
  );
}

function without(all: EvidenceSums, own: EvidenceSums): EvidenceSums {
  const weight = Math.max(0, all.weight - own.weight);
  const rest = (total: number, mine: number): number => Math.min(weight, Math.max(0, total - mine));
  return { weight, text: rest(all.text, own.text), image: rest(all.image, own.image) };
}

/** Log-odds of image less those of text. */
function difference({ weight, text, image }: EvidenceSums, pseudo: number): number {
  const logOdds = (wins: number): number => Math.log((wins + pseudo) / (weight - wins + pseudo));
  return logOdds(image) - logOdds(text);
}
