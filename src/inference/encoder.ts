import type { Modality } from '../vocabulary/modality.ts';
import type { Vector } from '../vocabulary/vector.ts';

/** One input that could not be encoded; the others of its batch are not touched by it. */
export class EncodingFailure extends Error {
  readonly code: 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE' | 'INTERNAL';

  constructor(code: EncodingFailure['code'], message: string) {
    super(message);
    this.name = 'EncodingFailure';
    this.code = code;
  }
}

/**
 * Turns inputs into vectors of one space. Order is kept; one bad input fails alone, as a value. The vector is the encoder's own:
 * unit length for text; for pictures made of blocks (see the manifest) what is fitted to a catalogue standardises them later.
 */
export interface Encoder<Input> {
  readonly name: string;
  readonly space: string;
  readonly modality: Modality;
  readonly dims: number;
  encode(inputs: readonly Input[]): Promise<readonly (Vector | EncodingFailure)[]>;
  close(): Promise<void>;
}

/** `query` and `item` differ for models that were trained with prefixes. */
export interface TextInput {
  readonly text: string;
  readonly role: 'query' | 'item';
}

/** The bytes of an encoded picture (JPEG, PNG, WebP, AVIF, GIF, TIFF). */
export type PictureInput = Uint8Array;

export type TextEncoder = Encoder<TextInput> & {
  /** Whether the model has the word whole, and not in pieces; absent where it cannot tell. */
  readonly knows?: (word: string) => boolean;
};
export type PictureEncoder = Encoder<PictureInput> & {
  /** How the features are made up; one block `backbone` for a model whose vector may be compared as it is. */
  readonly blocks: readonly FeatureBlock[];
};

/** A run of dimensions that is treated alike when a catalogue is fitted (see models/README.md). */
export interface FeatureBlock {
  readonly name: string;
  readonly offset: number;
  readonly dims: number;
  /** `unit`: scaled to length 1 by the encoder. `standardise`: to mean 0 and deviation 1 over the catalogue, then clipped. */
  readonly treatment: 'unit' | 'standardise';
  readonly scale: number;
  readonly clip?: number;
}
