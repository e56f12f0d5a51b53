import type { Rejection } from '../../../../src/runtime/errors.ts';

/** Why inputs could not be encoded, by key; what could is kept in the encoding store. */
export type FailedEncodings = ReadonlyMap<string, Rejection>;

type Inputs<Input> = readonly (readonly [key: string, input: Input])[];

/**
 * What is being encoded for live writes. Whoever writes items again because the answer was late waits for what is under way: side by
 * side both would encode it, each the longer for the other, and the next try would make it three.
 */
export class EncodingsUnderWay {
  readonly #making = new Map<string, Promise<FailedEncodings>>();

  /** Has made what nobody is making yet, and resolves when all of it is there. */
  async share<Input>(
    space: string,
    inputs: Inputs<Input>,
    make: (inputs: Inputs<Input>) => Promise<FailedEncodings>,
  ): Promise<FailedEncodings> {
    const nameOf = (key: string): string => `${space} ${key}`;
    const others = new Set(inputs.flatMap(([key]) => this.#making.get(nameOf(key)) ?? []));
    const mine = inputs.filter(([key]) => !this.#making.has(nameOf(key)));
    const made = mine.length > 0 ? make(mine) : Promise.resolve(new Map<string, Rejection>());
    for (const [key] of mine) this.#making.set(nameOf(key), made);
    const forget = (): void => {
      for (const [key] of mine) this.#making.delete(nameOf(key));
    };
    void made.then(forget, forget);
    const failed = await Promise.all([made, ...others]);
    return new Map(failed.flatMap((some) => [...some]));
  }
}
