/** Settings of training/mixture_arms.py that differ from those that were chosen. */
type Settings = Readonly<Record<string, number | string>>;

export interface Trial {
  /** The mixture itself where none is named. */
  readonly arm?: string;
  readonly settings: Settings;
}

export const TRIED: readonly Trial[] = [
  { settings: {} },
  { settings: { steps: 60 } },
  { settings: { steps: 20 } },
  { settings: { steps: 60, ridge: 1 } },
  { settings: { steps: 60, within: 'nothing', across: 'nothing', gate_rate: 20 } },
  { settings: { steps: 60 }, arm: 'fixed blend' },
  { settings: { steps: 60, look: 'nothing' } },
  { settings: { steps: 150, look: 'random', joint: 'own' } },
];
