/** What makes a simulated viewer choose one hit and pass over another. */
export type Preference =
  | { readonly by: 'look'; readonly colour: string; readonly pattern: string }
  | { readonly by: 'words' }
  | { readonly by: 'material'; readonly materials: readonly string[] }
  | { readonly by: 'nothing' };

/** A simulated viewer: who it is, what it searches for and what it likes. */
export interface DemoViewer {
  /** The user id under which it visits. */
  readonly id: string;
  readonly name: string;
  readonly motto: string;
  readonly preference: Preference;
  readonly queries: readonly string[];
}

/** The viewers that the storefront can switch between; the last one has never been here. */
export const DEMO_VIEWERS: readonly [DemoViewer, ...DemoViewer[]] = [
  {
    id: 'demo-iris',
    name: 'Iris',
    motto: 'Goes by looks: teal and dots, whatever the label says',
    preference: { by: 'look', colour: 'teal', pattern: 'dots' },
    queries: [
      'teal dress',
      'dress with dots',
      'teal shirt',
      'dotted shirt',
      'teal bag',
      'dotted bag',
      'teal mug',
      'dotted mug',
      'teal sofa',
      'dotted rug',
      'teal rug',
      'teal lamp',
      'teal sneakers',
      'dotted hat',
    ],
  },
  {
    id: 'demo-ned',
    name: 'Ned',
    motto: 'Goes by words: knows the brand and the type he wants',
    preference: { by: 'words' },
    queries: [
      'Kappel chelsea boot',
      'Nordhagen overshirt',
      'Kiln & Co espresso cup',
      'Strider runner',
      'Hald armchair',
      'Fennick backpack',
      'Brackwater duffel',
      'Lumen Nord pendant lamp',
      'Ostara camp shirt',
      'Tarn & Fell beanie',
      'Atlas Loom runner',
      'Juniper Works stool',
      'Pellworm polo',
      'Verso Home three-seater sofa',
    ],
  },
  {
    id: 'demo-maya',
    name: 'Maya',
    motto: 'Loves natural materials: straw, linen, oak, rattan, jute, wool',
    preference: { by: 'material', materials: ['straw', 'linen', 'oak', 'rattan', 'jute', 'wool'] },
    queries: [
      'woven bag',
      'summer hat',
      'linen dress',
      'dining chair',
      'natural rug',
      'warm lamp',
      'woven vase',
      'relaxed shirt',
      'stool',
      'rug for the hallway',
      'lounge chair',
      'beach bag',
    ],
  },
  {
    id: 'demo-new',
    name: 'New here',
    motto: 'First visit: nothing known yet',
    preference: { by: 'nothing' },
    queries: [],
  },
];
