import { expect } from '@jest/globals';
import { plainPicture } from '../inference/pictures.ts';
import type { FrontDoor } from './front-door.ts';

export interface Written {
  readonly accepted: number;
  readonly rejected: readonly { readonly id: string; readonly code: string; readonly message: string }[];
}

export interface ShownItem {
  readonly id: string;
  readonly title: string;
  readonly price: { readonly amount: number; readonly currency: string } | null;
  readonly images: readonly { readonly url: string; readonly alt: string }[];
}

const OUTCOME = '{ accepted rejected { id code message } }';

export async function upsert(shop: FrontDoor, ...items: readonly object[]): Promise<Written> {
  const { data, errors } = await shop.ask<{ upsertItems: Written }>(
    `mutation ($items: [ItemInput!]!) { upsertItems(items: $items) ${OUTCOME} }`,
    { items },
  );
  expect(errors).toEqual([]);
  return data.upsertItems;
}

export async function remove(shop: FrontDoor, ...ids: readonly string[]): Promise<Written> {
  const { data, errors } = await shop.ask<{ deleteItems: Written }>(
    `mutation ($ids: [ID!]!) { deleteItems(ids: $ids) ${OUTCOME} }`,
    { ids },
  );
  expect(errors).toEqual([]);
  return data.deleteItems;
}

/** All that an item page shows. */
export async function readItem(shop: FrontDoor, id: string): Promise<ShownItem | null> {
  const { data } = await shop.ask<{ item: ShownItem | null }>(
    `query ($id: ID!) { item(id: $id) {
      id title description category brand price { amount currency } inStock groupId images { url alt } attributes
    } }`,
    { id },
  );
  return data.item;
}

/** An item as it was shown, with another price, in the shape in which it is written. */
export function repriced(shown: ShownItem | null, amount = 1234): object {
  const given = Object.entries(shown ?? {}).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(given), price: { amount, currency: 'EUR' } };
}

export async function firstByWords(shop: FrontDoor, text: string): Promise<string | undefined> {
  return (await shop.search({ text }, { first: 1 })).edges[0]?.itemId;
}

/** The item that looks most like a plain picture of the colour. */
export async function firstByLooks(shop: FrontDoor, colour: string): Promise<string | undefined> {
  const imageId = await shop.upload(await plainPicture(colour, { width: 30, height: 30 }));
  return (await shop.search({ parts: [{ imageId }] }, { first: 1 })).edges[0]?.itemId;
}
