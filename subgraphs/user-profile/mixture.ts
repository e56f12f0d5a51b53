import { NO_TILT } from '../../src/vocabulary/tilt.ts';
import type { Tilt } from '../../src/vocabulary/tilt.ts';
import { choices } from './experts/choices.ts';
import { concentration } from './experts/concentration.ts';
import type { Expert, ViewerCase } from './experts/expert.ts';
import { prior } from './experts/prior.ts';
import { visit } from './experts/visit.ts';
import { gateOf } from './gate.ts';

/** Shares of the modalities for one viewer, sum 1, and who said what. */
export interface Mixture {
  readonly text: number;
  readonly image: number;
  readonly experts: readonly MixedExpert[];
}

export interface MixedExpert {
  readonly name: string;
  /** How much it was listened to, 0 to 1; all gates sum to 1. */
  readonly gate: number;
  readonly text: number;
  readonly image: number;
  /** How many choices or items it knows of, 0 and up. */
  readonly evidence: number;
}

export interface ViewerMixture {
  readonly mixture: Mixture;
  /** What the mixture says beyond the prior; {} for an unknown viewer. */
  readonly tilt: Tilt;
  /** The share of what is not the prior: 0 for an unknown viewer, below 1. */
  readonly confidence: number;
}

const EXPERTS: readonly Expert[] = [choices, visit, concentration, prior];

/** The widest tilt of a viewer: e^2 is some 7 to 1. */
const BOUND = 2;

/** Mixes the experts' log-odds by the gate: a logarithmic opinion pool (Genest and Zidek 1986), so an expert without opinion pulls to even. */
export function mixtureOf(viewer: ViewerCase, experts: readonly Expert[] = EXPERTS): ViewerMixture {
  const opinions = experts.map((expert) => ({ name: expert.name, trust: expert.trust, ...expert.opinion(viewer) }));
  const gates = gateOf(opinions);
  const mixed = opinions.map(({ name, logOdds, evidence }, i) => ({ name, gate: gates[i] ?? 0, evidence, logOdds }));
  const logOdds = mixed.reduce((sum, expert) => sum + expert.gate * expert.logOdds, 0);
  const known = mixed.filter(({ name }) => name !== prior.name).reduce((sum, { gate }) => sum + gate, 0);
  return {
    mixture: {
      ...shares(logOdds),
      experts: mixed.map(({ logOdds: own, ...expert }) => ({ ...expert, ...shares(own) })),
    },
    tilt: known === 0 ? NO_TILT : tiltOf(logOdds - prior.opinion(viewer).logOdds),
    confidence: known,
  };
}

/** Only differences of a tilt matter; the words' two signals stay where they are, so that the picture's tilt alone tells the story. */
function tiltOf(logOdds: number): Tilt {
  return { LEXICAL: 0, TEXT: 0, IMAGE: Math.max(-BOUND, Math.min(BOUND, logOdds)) };
}

function shares(logOdds: number): { readonly text: number; readonly image: number } {
  const image = 1 / (1 + Math.exp(-logOdds));
  return { text: 1 - image, image };
}
