import { NOTHING_IN_USE } from '../../../../src/inference/releases/model-register.ts';
import type {
  ModelRegister,
  ModelsInUse,
  QueryEncoderProcess,
} from '../../../../src/inference/releases/model-register.ts';

/** A register in memory, whose state tests look at, and the processes that encode queries. */
export type MemoryRegister = ModelRegister & { now: ModelsInUse };

export function memoryRegister(
  inUse: ModelsInUse['inUse'],
  processes: readonly QueryEncoderProcess[] = [],
): MemoryRegister {
  const register: MemoryRegister = {
    now: { ...NOTHING_IN_USE, inUse },
    read: () => Promise.resolve(register.now),
    update: (change) => Promise.resolve((register.now = change(register.now))),
    attend: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    attending: () => Promise.resolve(processes),
    close: () => Promise.resolve(),
  };
  return register;
}
