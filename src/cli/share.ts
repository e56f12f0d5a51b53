import { InvalidArgumentError } from 'commander';

/**
 * What an option says of a part of all.
 *
 * @throws InvalidArgumentError, which commander tells with the name of the option
 */
export function share(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('Expected a number between 0 and 1, such as .5 for half.');
}
