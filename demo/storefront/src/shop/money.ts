/** An amount as a shopper reads it; cents only where there are some. A catalogue may name a currency that has no ISO code. */
export function amount(value: number, currency: string): string {
  const digits = { minimumFractionDigits: value % 1 === 0 ? 0 : 2 };
  if (!/^[a-z]{3}$/i.test(currency))
    return `${new Intl.NumberFormat('en-IE', digits).format(value)} ${currency}`.trim();
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency, ...digits }).format(value);
}
