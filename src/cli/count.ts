import { InvalidArgumentError } from 'commander';

const MOST = 10_000;

/**
 * What an option says of how many.
 *
 * @throws InvalidArgumentError, which commander tells with the name of the option
 */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return value;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST}.`);
}
