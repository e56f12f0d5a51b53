/** What a vector was made from. */
export const MODALITIES = ['TEXT', 'IMAGE'] as const;

export type Modality = (typeof MODALITIES)[number];
