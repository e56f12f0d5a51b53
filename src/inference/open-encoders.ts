import type { PictureEncoder, TextEncoder } from './encoder.ts';
import { openOnnxPictureEncoder } from './onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from './onnx-text-encoder.ts';
import type { PictureLimits } from './picture-tensor.ts';

/** The two encoders that everything is encoded with. */
export interface Encoders {
  readonly text: TextEncoder;
  readonly picture: PictureEncoder;
  close(): Promise<void>;
}

export interface EncoderFolders {
  /** A folder with a manifest: Medley's own, or that of your ONNX tower. */
  readonly text: string;
  readonly picture: string;
  /** Threads of each encoder; the number of cores by default. */
  readonly workers?: number;
  readonly limits?: PictureLimits;
}

/**
 * Opens both encoders and checks them; takes about half a second.
 *
 * @throws ModelFolderError
 */
export async function openEncoders({ text, picture, ...options }: EncoderFolders): Promise<Encoders> {
  const opened = await Promise.allSettled([
    openOnnxTextEncoder(text, options),
    openOnnxPictureEncoder(picture, options),
  ]);
  const [words, looks] = opened;
  if (words.status === 'fulfilled' && looks.status === 'fulfilled') return together(words.value, looks.value);
  for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
  throw [words, looks].find((one) => one.status === 'rejected')?.reason;
}

/** Two encoders as one thing to hand around; closing it closes both. */
export function together(text: TextEncoder, picture: PictureEncoder): Encoders {
  return {
    text,
    picture,
    close: async () => {
      await Promise.all([text.close(), picture.close()]);
    },
  };
}
