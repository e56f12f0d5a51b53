import type { PictureEncoder, TextEncoder } from '../encoder.ts';
import { openOnnxPictureEncoder } from '../onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from '../onnx-text-encoder.ts';
import { together } from '../open-encoders.ts';
import type { Encoders } from '../open-encoders.ts';
import { MedleyError } from '../../runtime/errors.ts';
import { Loans } from './loans.ts';
import { DEFAULT_MODELS, shippedFolders } from './model-folders.ts';
import type { NamedModels } from './model-folders.ts';
import { placeOf } from './model-place.ts';
import type { ModelPair, ModelPlace } from './model-place.ts';
import type { ModelRegister, ModelsInUse } from './model-register.ts';

export interface ModelsSettings {
  readonly register: ModelRegister;
  readonly named: NamedModels;
  /** Threads of each encoder; the number of cores by default. */
  readonly workers?: number;
  /** Takes the place of what settings and register say; closing them stays with whoever brought them. */
  readonly brought?: Encoders;
}

/** The spaces of a generation. */
export interface Spaces {
  readonly text: string;
  readonly picture: string;
}

/** The models of this process: found by their space, loaded once, for as long as anybody uses them. */
export class Models {
  readonly register: ModelRegister;
  readonly #settings: ModelsSettings;
  readonly #texts = new Loans<TextEncoder>();
  readonly #pictures = new Loans<PictureEncoder>();

  constructor(settings: ModelsSettings) {
    this.#settings = settings;
    this.register = settings.register;
  }

  /**
   * What a catalogue is indexed with next: what the settings name, else what is in use, else what ships.
   *
   * @throws ModelFolderError
   */
  async chosen(): Promise<ModelPair> {
    const { brought, named } = this.#settings;
    if (brought) return { text: broughtPlace(brought.text), picture: broughtPlace(brought.picture) };
    const { inUse, change } = await this.register.read();
    // While they are changed, what comes next is what is changed to.
    const { text, picture } = change?.to ?? servingOf(inUse);
    return {
      text: named.text === undefined && text ? await this.find(text) : await placeOf(named.text ?? DEFAULT_MODELS.text),
      picture:
        named.picture === undefined && picture
          ? await this.find(picture)
          : await placeOf(named.picture ?? DEFAULT_MODELS.picture),
    };
  }

  /**
   * Where the model of a space lies on this machine: where it is said to, or among what the settings name, what was used before, and
   * what ships.
   *
   * @throws MedleyError SPACE_MISMATCH
   */
  async find({
    modality,
    space,
    folder,
  }: Omit<ModelPlace, 'folder'> & { readonly folder?: string }): Promise<ModelPlace> {
    const { brought, named } = this.#settings;
    const own = brought && (modality === 'TEXT' ? brought.text : brought.picture);
    if (own?.space === space) return broughtPlace(own);
    const { inUse, before } = await this.register.read();
    const used = [...inUse, ...before].filter((place) => place.space === space).map((place) => place.folder);
    const folders = [folder, named.text, named.picture, ...used, ...(await shippedFolders())];
    for (const each of new Set(folders)) {
      if (each === undefined || each === '') continue;
      const place = await placeOf(each).catch(() => undefined);
      if (place?.modality === modality && place.space === space) return place;
    }
    throw noModel(space, modality === 'TEXT' ? 'MEDLEY_TEXT_MODEL' : 'MEDLEY_IMAGE_MODEL');
  }

  /** @throws MedleyError SPACE_MISMATCH */
  async ofSpaces({ text, picture }: Spaces): Promise<ModelPair> {
    return {
      text: await this.find({ modality: 'TEXT', space: text }),
      picture: await this.find({ modality: 'IMAGE', space: picture }),
    };
  }

  /** Loads a model unless it is loaded; closing it gives it back. @throws ModelFolderError */
  async takeText({ space, folder }: ModelPlace): Promise<TextEncoder> {
    const { brought, workers } = this.#settings;
    if (brought?.text.space === space) return { ...brought.text, close: () => Promise.resolve() };
    return this.#texts.take(space, () => openOnnxTextEncoder(folder, { workers }));
  }

  /** Likewise. @throws ModelFolderError */
  async takePicture({ space, folder }: ModelPlace): Promise<PictureEncoder> {
    const { brought, workers } = this.#settings;
    if (brought?.picture.space === space) return { ...brought.picture, close: () => Promise.resolve() };
    return this.#pictures.take(space, () => openOnnxPictureEncoder(folder, { workers }));
  }

  /** Likewise, both of a generation. @throws ModelFolderError */
  async take({ text, picture }: ModelPair): Promise<Encoders> {
    const [words, looks] = await Promise.allSettled([this.takeText(text), this.takePicture(picture)]);
    if (words.status === 'fulfilled' && looks.status === 'fulfilled') return together(words.value, looks.value);
    for (const one of [words, looks]) if (one.status === 'fulfilled') await one.value.close();
    throw [words, looks].find((one) => one.status === 'rejected')?.reason;
  }
}

function broughtPlace({ modality, space }: TextEncoder | PictureEncoder): ModelPlace {
  return { modality, space, folder: '' };
}

/** What serves stands before what comes. */
function servingOf(inUse: ModelsInUse['inUse']): Partial<ModelPair> {
  const first = (wanted: ModelPlace['modality']) => inUse.find(({ modality }) => modality === wanted);
  return { text: first('TEXT'), picture: first('IMAGE') };
}

function noModel(space: string, setting: string): MedleyError {
  return new MedleyError(
    'SPACE_MISMATCH',
    `The index was made with ${space}, and no model folder has that space. Name its folder in ${setting}, or stop the server and index the catalogue again.`,
  );
}
