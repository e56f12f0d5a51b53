/** An amount as a shopper reads it; cents only where there are some. */
export function amount(value: number, currency: string): string {
  const minimumFractionDigits = value % 1 === 0 ? 0 : 2;
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency, minimumFractionDigits }).format(value);
}
