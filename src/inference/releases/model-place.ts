import type { Modality } from '../../vocabulary/modality.ts';
import { readStatement } from '../manifest.ts';

/** A release of a model: the space of its vectors, and the folder that holds it. */
export interface ModelPlace {
  readonly modality: Modality;
  readonly space: string;
  readonly folder: string;
}

/** The models that a generation is made with. */
export interface ModelPair {
  readonly text: ModelPlace;
  readonly picture: ModelPlace;
}

/**
 * What a model folder says that it is; its files are not looked at.
 *
 * @throws ModelFolderError
 */
export async function placeOf(folder: string): Promise<ModelPlace> {
  const { modality, space } = await readStatement(folder);
  return { modality: modality === 'text' ? 'TEXT' : 'IMAGE', space, folder };
}

export function isSameModel(a: ModelPlace, b: ModelPlace): boolean {
  return a.modality === b.modality && a.space === b.space;
}

export function isSamePair(a: ModelPair, b: ModelPair): boolean {
  return isSameModel(a.text, b.text) && isSameModel(a.picture, b.picture);
}

export function placesOf({ text, picture }: ModelPair): readonly ModelPlace[] {
  return [text, picture];
}

/** The models of both lists, each once; where both have one, that of the first. */
export function unitedPlaces(some: readonly ModelPlace[], more: readonly ModelPlace[]): readonly ModelPlace[] {
  return [...some, ...more.filter((place) => !some.some((one) => isSameModel(one, place)))];
}
