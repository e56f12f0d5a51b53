import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { environment } from '../../../src/runtime/environment.ts';
import { paint } from '../../support/corner-shop.ts';
import { lostIn } from '../../support/front-door.ts';
import type { FrontDoor } from '../../support/front-door.ts';
import { until } from '../../support/is-alive.ts';
import { readItem, repriced, upsert } from '../../support/item-writes.ts';
import { rowsOf } from '../../support/postgresql.ts';
import { Crowd } from './crowd.ts';
import { openReplicas, PROGRAMS } from './replicas.ts';
import type { Replicas } from './replicas.ts';

const SHOPPERS = 10;
const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }';
const PROFILE = 'query ($userId: ID!) { viewerProfile(userId: $userId) { eventsUsed } }';
const UPSERT = 'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { accepted } }';
const ITEM = 'query ($id: ID!) { item(id: $id) { title } }';

const { ELASTICSEARCH_URL: nodes, MEDLEY_TEST_DATABASE_URL: postgresql } = environment();

describe('two gateways and two of each subgraph on one Elasticsearch and one PostgreSQL', () => {
  if (nodes === undefined || postgresql === undefined) {
    it.todo('needs both servers: set ELASTICSEARCH_URL and MEDLEY_TEST_DATABASE_URL, or MEDLEY_TEST_SERVERS=on');
    return;
  }
  let replicas: Replicas;
  let one: FrontDoor;
  let other: FrontDoor;
  beforeAll(async () => {
    replicas = await openReplicas({ nodes: nodes.split(','), postgresql });
    [one, other] = replicas.doors as [FrontDoor, FrontDoor];
  }, 180_000);
  afterAll(() => (replicas as Replicas | undefined)?.close());

  it('show page two of a result, whichever of them is asked for it', async () => {
    const whole = await one.search({ text: 'red mug' }, { first: 20 });
    const first = await one.search({ text: 'red mug' }, { first: 3 });
    const second = await other.search({ text: 'red mug' }, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.edges, ...second.edges].map(({ itemId }) => itemId)).toEqual(
      whole.edges.slice(0, 6).map(({ itemId }) => itemId),
    );
  });

  it('know what a viewer did, whichever of them was told', async () => {
    const event = { userId: 'ann', action: 'CLICK', itemId: 'i003', occurredAt: new Date().toISOString() };
    const used = async (door: FrontDoor) =>
      (await door.ask<{ viewerProfile: { eventsUsed: number } }>(PROFILE, { userId: 'ann' })).data.viewerProfile
        .eventsUsed;
    await one.ask(RECORD, { events: [{ ...event, id: 'first' }] });
    await until(async () => (await used(other)) === 1);
    await other.ask(RECORD, { events: [{ ...event, id: 'second' }] });
    await until(async () => (await used(one)) === 2);
  });

  it('take a picture as a query, whichever of them it was uploaded to', async () => {
    const imageId = await one.upload(await paint('rug', 'green'));
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, n) => (n % 2 === 0 ? one : other).search({ parts: [{ imageId }] }, { first: 1 })),
    );
    expect(new Set(answers.map(({ edges }) => edges[0]?.itemId))).toEqual(new Set([answers[0]?.edges[0]?.itemId]));
    expect(answers.flatMap(lostIn)).toEqual([]);
  });

  it('find an item, whichever of them it was written through', async () => {
    await one.ask(UPSERT, { items: [{ id: 'new', title: 'Brass trombone' }] });
    for (const door of [one, other, one, other])
      expect((await door.search({ text: 'trombone' })).edges[0]?.itemId).toBe('new');
  });

  it('serve the picture that an item came with, whichever of them took it, and when all that took it are gone', async () => {
    const picture = Buffer.from(await paint('lamp', 'orange'));
    const bytes = async (door: FrontDoor) => {
      const answer = await fetch(new URL((await readItem(door, 'lit'))?.images[0]?.url ?? '', door.url));
      return [answer.status, Buffer.from(await answer.arrayBuffer())];
    };
    const imageId = await one.upload(picture);
    const item = { id: 'lit', title: 'Lighthouse', images: [{ imageId }] };
    expect(await upsert(one, item)).toMatchObject({ accepted: 1 });
    expect(await bytes(one)).toEqual([200, picture]);
    await replicas.replace('retrieval');
    expect(await bytes(other)).toEqual([200, picture]);
    expect(await upsert(other, repriced(await readItem(other, 'lit')))).toEqual({ accepted: 1, rejected: [] });
  });

  it('go on when one of each is killed under load, with clean errors at most, and lose nothing that was acknowledged', async () => {
    const crowd = new Crowd(replicas.doors, SHOPPERS);
    const { outcome } = crowd;
    const goesOn = async (): Promise<void> => {
      const before = outcome.answered;
      await until(() => outcome.answered > before + 5 * SHOPPERS);
    };
    await goesOn();
    for (const name of PROGRAMS) {
      const isBack = replicas.kill(name);
      await goesOn();
      await until(isBack);
    }
    await goesOn();
    await crowd.goHome();
    const { errors, broken, missing, events, items, uploads } = outcome;
    expect([...errors.keys()].filter((code) => !/_UNAVAILABLE$/.test(code))).toEqual([]);
    expect(missing).toBe(0);
    expect(broken).toBeLessThanOrEqual(2 * SHOPPERS);

    const rows = await rowsOf<{ id: string }>(replicas.database, 'select id from profile_event');
    const stored = new Set(rows.map(({ id }) => id));
    expect(events.filter((id) => !stored.has(id))).toEqual([]);
    for (const door of replicas.doors) {
      const found = await Promise.all(items.map((id) => door.ask<{ item: object | null }>(ITEM, { id })));
      expect(items.filter((_, at) => !found[at]?.data.item)).toEqual([]);
      for (const imageId of new Set(uploads)) expect(lostIn(await door.search({ parts: [{ imageId }] }))).toEqual([]);
      expect(lostIn(await door.search({ text: 'red mug', userId: 'shopper0' }))).toEqual([]);
    }
  });
});
