import { expect, it } from '@jest/globals';
import { amount } from '../../demo/storefront/src/shop/money.ts';

it('an amount is written with its currency', () => {
  expect([amount(12, 'EUR'), amount(12.5, 'EUR')]).toEqual(['€12', '€12.50']);
});

it.each(['Credits', '€', ''])(
  'an amount in %p, which is no code of a currency, is written as it stands',
  (currency) => {
    expect(amount(12.5, currency)).toBe(`12.50 ${currency}`.trim());
  },
);
