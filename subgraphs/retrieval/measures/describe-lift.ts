import type { Estimate } from './bootstrap.ts';

/** `+3.1 % [+0.4, +5.8]`. */
export function describeLift({ value, low, high }: Estimate): string {
  return `${signed(value)} % [${signed(low)}, ${signed(high)}]`;
}

function signed(share: number): string {
  const text = (100 * share).toFixed(1);
  return share > 0 ? `+${text}` : text;
}
