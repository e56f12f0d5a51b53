import { expect } from '@jest/globals';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { row, shop } from './samples.ts';

const ROWS = shop(150);

/** What is offered to go on with while words are typed. */
export const SUGGESTIONS: Promises = {
  'suggests titles, brands and categories that continue the prefix, the most common first': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    expect(await index.suggest('éLA', 5)).toEqual(['Élan']);
    expect(await index.suggest('nord', 5)).toEqual(['Nordic Way']);
    expect(await index.suggest('uni', 3)).toHaveLength(3);
    expect(await index.suggest('', 5)).toEqual([]);
    await writer.upsert([row({ id: 'n1', title: 'Nordic boots' })]);
    expect(await index.suggest('NORDIC', 5)).toEqual(['Nordic Way', 'Nordic boots']);
    await writer.remove(['n1']);
    expect(await index.suggest('nordic b', 5)).toEqual([]);
  },

  'suggests, after what begins so, what has a later word that does, each the most common first': async (opened) => {
    const { index, writer } = opened;
    const titles = ['Yellow mug', 'Blue Mug', 'Blue Mug', "Women's mug-tree, ÉMUs", 'Mug', 'Music box', 'Old smug cat'];
    await publish(writer, [
      ...titles.map((title, at) => row({ id: `t${at}`, title })),
      row({ id: 'branded', title: 'Lamp', brand: 'Mug & Co', category: ['Home', 'Cups and mugs'] }),
    ]);
    const later = ['Blue Mug', 'Cups and mugs', "Women's mug-tree, ÉMUs", 'Yellow mug'];
    expect(await index.suggest('mu', 20)).toEqual(['Mug', 'Mug & Co', 'Music box', ...later]);
    expect(await index.suggest(' MÜ ', 5)).toEqual(['Mug', 'Mug & Co', 'Music box', ...later.slice(0, 2)]);
    expect(await index.suggest('mu', 2)).toEqual(['Mug', 'Mug & Co']);
    expect(await index.suggest('emus', 5)).toEqual(["Women's mug-tree, ÉMUs"]);
    await writer.remove(['t1', 't2']);
    await writer.upsert([row({ id: 't0', title: 'Green mug' })]);
    expect(await index.suggest('mugs', 5)).toEqual(['Cups and mugs']);
    expect(await index.suggest('mug', 20)).toEqual([
      'Mug',
      'Mug & Co',
      'Cups and mugs',
      'Green mug',
      "Women's mug-tree, ÉMUs",
    ]);
  },

  'takes the last of several words for the beginning of one, and those before it for whole words': async (opened) => {
    const { index, writer } = opened;
    const titles = ['Big yellow mug', 'Yellow lamp', 'Mug, yellow', 'Yellowish mug', 'Incomprehensibilities of mugs'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    expect(await index.suggest('yellow mu', 5)).toEqual(['Big yellow mug', 'Mug, yellow']);
    expect(await index.suggest('yellow m', 1)).toEqual(['Big yellow mug']);
    expect(await index.suggest('mug yel', 5)).toEqual(['Big yellow mug', 'Mug, yellow', 'Yellowish mug']);
    expect(await index.suggest('mug, yel', 5)).toEqual(['Mug, yellow', 'Big yellow mug', 'Yellowish mug']);
    expect(await index.suggest('ye mug', 5)).toEqual([]);
    expect(await index.suggest('mug yellow lamp', 5)).toEqual([]);
    expect(await index.suggest('of incomprehensibilitie', 5)).toEqual(['Incomprehensibilities of mugs']);
    expect(await index.suggest('of incomprehensibilitzzz', 5)).toEqual([]);
    expect(await index.suggest('mug big mug yellow mug big mug yel', 5)).toEqual(['Big yellow mug']);
    expect(await index.suggest('a b c d e f g h i j k l m n o p q r s t u v w x y z', 5)).toEqual([]);
    for (const none of ['ish', '.*', 'm.g', '&', '-']) expect(await index.suggest(none, 5)).toEqual([]);
  },

  'suggests what was meant where a slip leaves nothing to suggest': async ({ index, writer }) => {
    const titles = [
      'Big yellow mug',
      'Yellow lamp',
      'Silk dresses',
      'Silk dresses',
      'Dress',
      'Crème brûlée dish',
      'Red shirt',
    ];
    await publish(
      writer,
      [...titles, 'Yelling cat 2012', 'Incomprehensibilities of mugs'].map((title, at) => row({ id: `t${at}`, title })),
    );
    expect(await index.suggest('yelow m', 5)).toEqual(['Big yellow mug']);
    expect(await index.suggest('YELLO  mug', 5)).toEqual(['Big yellow mug']);
    expect(await index.suggest('mug yelolw', 5)).toEqual(['Big yellow mug']);
    expect(await index.suggest('dreses', 5)).toEqual(['Silk dresses', 'Dress']);
    expect(await index.suggest('dreses', 1)).toEqual(['Silk dresses']);
    expect(await index.suggest('dreses', 5, { asTyped: true })).toEqual([]);
    expect(await index.suggest('dress', 5, { asTyped: true })).toEqual(['Dress', 'Silk dresses']);
    expect(await index.suggest('yelow', 5)).toEqual(['Big yellow mug', 'Yellow lamp']);
    expect(await index.suggest('brûle d', 5)).toEqual(['Crème brûlée dish']);
    expect(await index.suggest('red shrits', 5)).toEqual(['Red shirt']);
    expect(await index.suggest('rad shrit', 5)).toEqual([]);
    expect(await index.suggest('of incomprehensibilitiez', 5)).toEqual(['Incomprehensibilities of mugs']);
    await writer.upsert([
      row({ id: 't7', title: 'United Colors of Benetton' }),
      row({ id: 't8', title: 'Benedict mug' }),
    ]);
    for (const prefix of ['benneton', 'uinted bennettno', 'Benneton un'])
      expect(await index.suggest(prefix, 5)).toEqual(['United Colors of Benetton']);
    for (const none of ['bneneot', 'bannaton', 'bexsdixt']) expect(await index.suggest(none, 5)).toEqual([]);
    await writer.upsert([row({ id: 't6', title: 'Red skirt' })]);
    expect(await index.suggest('red shoes', 5)).toEqual([]);
    expect(await index.suggest('red skrit', 5)).toEqual(['Red skirt']);
  },

  'suggests by what hyphens and apostrophes hold together as one word, too': async ({ index, writer }) => {
    const titles = ['Black T-shirt', "Levi's jeans", "Men's low-top sneaker", 'Casio G-Shock 2011-2012'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    for (const prefix of ['tsh', 'tshirt', 't-sh', 't sh', 'black tshi', 'tshirt bl'])
      expect(await index.suggest(prefix, 5)).toEqual(['Black T-shirt']);
    for (const prefix of ['levis', 'levi', 'LEVI’S', 'levis j'])
      expect(await index.suggest(prefix, 5)).toEqual(["Levi's jeans"]);
    for (const prefix of ['lowto', 'mens', 'mens sneak'])
      expect(await index.suggest(prefix, 5)).toEqual(["Men's low-top sneaker"]);
    expect(await index.suggest('gshock', 5)).toEqual(['Casio G-Shock 2011-2012']);
    expect(await index.suggest('20112012', 5)).toEqual([]);
    await writer.upsert([
      row({ id: 't9', title: 'Shirt, U.S. Polo Assn.' }),
      row({ id: 't10', title: 'Cot 60 × 120 cm' }),
    ]);
    for (const prefix of ['us po', 'u.s. po', 'us', 'polo us'])
      expect(await index.suggest(prefix, 5)).toEqual(['Shirt, U.S. Polo Assn.']);
    for (const prefix of ['60x120', '60x12', 'cot 60×120'])
      expect(await index.suggest(prefix, 5)).toEqual(['Cot 60 × 120 cm']);
    await writer.remove(['t0']);
    expect(await index.suggest('tshirt', 5)).toEqual([]);
  },

  'suggests what is one word here and two there, either way, after what goes on as typed': async ({
    index,
    writer,
  }) => {
    const titles = [
      'Aviator Sunglasses',
      'Aviator Sunglasses',
      'Sun Glasses, round',
      'Sun glass jar',
      'Back pack, green',
    ];
    const others = ['Leather Backpack', 'Men V Neck T Shirt', 'Carpet', 'Seat for a car and a pet', 'Sun Éclairs Box'];
    await publish(
      writer,
      [...titles, ...others].map((title, at) => row({ id: `t${at}`, title })),
    );
    expect(await index.suggest('sun glas', 5)).toEqual(['Sun glass jar', 'Sun Glasses, round', 'Aviator Sunglasses']);
    expect(await index.suggest('sun glas', 2)).toEqual(['Sun glass jar', 'Sun Glasses, round']);
    expect(await index.suggest('sunglas', 5)).toEqual(['Aviator Sunglasses', 'Sun glass jar', 'Sun Glasses, round']);
    expect(await index.suggest('sunglas', 1)).toEqual(['Aviator Sunglasses']);
    expect(await index.suggest('sunglasses ro', 5)).toEqual(['Sun Glasses, round']);
    expect(await index.suggest('sun glasses av', 5)).toEqual(['Aviator Sunglasses']);
    expect(await index.suggest('aviator SUN g', 5)).toEqual(['Aviator Sunglasses']);
    expect(await index.suggest('back p', 5)).toEqual(['Back pack, green', 'Leather Backpack']);
    expect(await index.suggest('leather back-pa', 5)).toEqual(['Leather Backpack']);
    expect(await index.suggest('backpack gr', 5)).toEqual(['Back pack, green']);
    expect(await index.suggest('tshir', 5)).toEqual(['Men V Neck T Shirt']);
    expect(await index.suggest('men vneck', 5)).toEqual(['Men V Neck T Shirt']);
    expect(await index.suggest('sunécl', 5)).toEqual(['Sun Éclairs Box']);
    expect(await index.suggest('carpet', 5)).toEqual(['Carpet']);
    for (const none of ['sunround', 'glassun', 'shirttsh']) expect(await index.suggest(none, 5)).toEqual([]);
    await writer.remove(['t0', 't1', 't3']);
    expect(await index.suggest('sunglas', 5)).toEqual(['Sun Glasses, round']);
  },

  'leaves words out that say nothing where there is nothing to suggest with them': async ({ index, writer }) => {
    const titles = ['Sol & Rye mug', 'Shoes, men', 'Black and white mug', 'The red mug'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    expect(await index.suggest('sol and r', 5)).toEqual(['Sol & Rye mug']);
    expect(await index.suggest('shoes for men', 5)).toEqual(['Shoes, men']);
    expect(await index.suggest('the black mug', 5)).toEqual(['Black and white mug']);
    expect(await index.suggest('the mug', 5)).toEqual(['The red mug']);
    expect(await index.suggest('shose for the m', 5)).toEqual(['Shoes, men']);
    for (const none of ['for', 'shoes for', 'sol and white']) expect(await index.suggest(none, 5)).toEqual([]);
  },

  'suggests what has the words in the other number where there is nothing else': async ({ index, writer }) => {
    const titles = [
      'Blue formal shirt',
      'Shirts',
      'Women shoes',
      'Old woman',
      "Womens' hat",
      'Corner shelf',
      'Steel knives',
      'Set of dishes',
    ];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    for (const prefix of ['formal shirts', 'formals shirts'])
      expect(await index.suggest(prefix, 5)).toEqual(['Blue formal shirt']);
    expect(await index.suggest('shirts', 5)).toEqual(['Shirts']);
    for (const prefix of ['woman shoes', 'womens sh', 'woman shoe'])
      expect(await index.suggest(prefix, 5)).toEqual(['Women shoes']);
    expect(await index.suggest('corner shelves', 5)).toEqual(['Corner shelf']);
    expect(await index.suggest('knife st', 5)).toEqual(['Steel knives']);
    expect(await index.suggest('dish set', 5)).toEqual(['Set of dishes']);
    for (const none of ['formal shoes', 'knife shelves', 'old shirts'])
      expect(await index.suggest(none, 5)).toEqual([]);
  },

  'suggests nothing but what begins as typed where there is any, and mends no short word and no number': async ({
    index,
    writer,
  }) => {
    const titles = ['Shore', 'Shirt', 'Shirt', 'Mug', 'Zoo 2012', 'Lamp', 'Rug 60x120'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    expect(await index.suggest('shor', 5)).toEqual(['Shore']);
    expect(await index.suggest('shors', 5)).toEqual(['Shore']);
    for (const none of [
      'mgu',
      'mog',
      'zoo 2013',
      '2013',
      'rug 60x130',
      '60x130',
      'clamp',
      'lapn mug',
      'xyzzyplugh',
      'lamp shore',
    ])
      expect(await index.suggest(none, 5)).toEqual([]);
    expect(await index.suggest('zoo 2012 mugg lapm shirt a b c d e f', 5)).toEqual([]);
    expect(await index.suggest('shitr', 5)).toEqual(['Shirt']);
  },
};
