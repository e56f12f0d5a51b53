import { expect } from '@jest/globals';
import { paint } from '../../support/corner-shop.ts';
import { codesOf } from '../../support/front-door.ts';
import type { FrontDoor } from '../../support/front-door.ts';
import { until } from '../../support/is-alive.ts';

const RECORD = `mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted rejected { index code } } }`;
const PROFILE = `query ($userId: ID!) { viewerProfile(userId: $userId) {
  confidence eventsUsed evidence { shown sampled } taste { text { id weight } image { id weight } } recentlyViewed
  mixture { text image experts { name gate text image evidence } }
} }`;
const FOUND = `query ($text: String!) { search(input: { text: $text }, first: 3) { edges { itemId score node { title images { alt } } } } }`;
const UPSERT = `mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { accepted rejected { id code } } }`;
const DELETE = `mutation ($ids: [ID!]!) { deleteItems(ids: $ids) { accepted rejected { id code } } }`;
const ERASE = `mutation ($userId: ID!) { eraseProfile(userId: $userId) }`;

interface ProfileAnswer {
  readonly viewerProfile: { readonly eventsUsed: number; readonly evidence: { readonly shown: number } };
}

/** One moment for all that happens, so that nothing fades by more in one shop than in the other. */
const NOW = new Date().toISOString();

/** A viewer searches by words and a picture, and chooses; resolves once that was learned from. */
export async function choose(door: FrontDoor, userId: string): Promise<unknown> {
  const clientId = `${userId}-tablet`;
  const parts = [{ text: 'rug of Cirrus' }, { imageId: await door.upload(await paint('rug', 'grey')) }];
  const { id: queryId, edges } = await door.search({ parts, userId, clientId }, { first: 8 });
  const event = (place: number, action: string) => ({
    id: `${userId}-${place}-${action}`,
    queryId,
    userId,
    clientId,
    action,
    itemId: edges[place]?.itemId,
    position: place + 1,
    occurredAt: NOW,
  });
  const events = [
    event(3, 'CLICK'),
    event(5, 'CLICK'),
    event(5, 'PURCHASE'),
    { ...event(0, 'CLICK'), id: 'bad', userId: null, clientId: null },
  ];
  const recorded = await door.ask(RECORD, { events });
  await until(async () => (await profileOf(door, userId)).data.viewerProfile.evidence.shown === 3);
  return recorded;
}

export function profileOf(door: FrontDoor, userId: string) {
  return door.ask<ProfileAnswer>(PROFILE, { userId });
}

/** user-profile asks retrieval what was shown; retrieval asks user-profile what is liked and bought. */
async function learn(door: FrontDoor): Promise<unknown> {
  const recorded = await choose(door, 'ben');
  const shelves = await door.ask(
    '{ recommendations(input: { userId: "ben", shelves: [{ kind: TRENDING }, { kind: FOR_YOU }] }) { reason items { itemId score } degradations { code } } }',
  );
  return [recorded, await profileOf(door, 'ben'), shelves, (await door.search({ text: 'bag', userId: 'ben' })).ranking];
}

/** retrieval asks query-embedding for the picture of a new item. */
async function changeItems(door: FrontDoor): Promise<unknown> {
  const imageId = await door.upload(await paint('mug', 'violet'));
  const kettle = { id: 'new', title: 'Zephyr kettle', inStock: true, images: [{ imageId }] };
  const lost = { id: 'lost', title: 'Zephyr pan', images: [{ imageId: '0'.repeat(32) }] };
  const written = await door.ask(UPSERT, { items: [kettle, lost] });
  expect(written.data).toMatchObject({ upsertItems: { accepted: 1, rejected: [{ id: 'lost' }] } });
  const there = await door.ask(FOUND, { text: 'zephyr kettle' });
  const looks = await door.search({ parts: [{ imageId }] }, { first: 3 });
  const removed = await door.ask(DELETE, { ids: ['new', 'i002', 'nothing'] });
  return [
    written,
    there,
    looks.edges.map(({ itemId }) => itemId),
    removed,
    await door.ask(FOUND, { text: 'zephyr kettle' }),
  ];
}

/** An erasure reaches the profile and the query log. */
async function forget(door: FrontDoor): Promise<unknown> {
  const { pageInfo } = await door.search({ text: 'lamp', userId: 'ben' }, { first: 2 });
  const erased = await door.ask(ERASE, { userId: 'ben' });
  const next = await door.ask(
    'query ($after: String) { search(input: { text: "lamp", userId: "ben" }, first: 2, after: $after) { edges { itemId } } }',
    { after: pageInfo.endCursor },
  );
  expect([erased.data, codesOf(next)]).toEqual([{ eraseProfile: true }, ['CURSOR_EXPIRED']]);
  return [erased, next, await profileOf(door, 'ben')];
}

/** What happens in a shop; each resolves to all that was answered on the way. */
export const STORIES: Readonly<Record<string, (door: FrontDoor) => Promise<unknown>>> = {
  'learning from what a viewer chose': learn,
  'changing items, and their pictures': changeItems,
  'forgetting a viewer': forget,
};
