/** Pictures that came with items as uploads, by name (`src/runtime/kept-picture.ts`), for as long as an item may show them: for good. */
export interface KeptPictures {
  /** Resolves when it is durable. What is kept under a name stays. Throws UNKNOWN_IMAGE for a name that is none. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** @throws MedleyError UNKNOWN_IMAGE for a name that is none, or under which nothing is kept. */
  get(name: string): Promise<Uint8Array>;
  close(): Promise<void>;
}
