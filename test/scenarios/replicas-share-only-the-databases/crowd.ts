import { setTimeout as sleep } from 'node:timers/promises';
import { paint } from '../../support/corner-shop.ts';
import { codesOf } from '../../support/front-door.ts';
import type { Answer, FrontDoor } from '../../support/front-door.ts';

const SEARCH = `query ($input: SearchInput!, $after: String) {
  search(input: $input, first: 3, after: $after) { id edges { itemId } pageInfo { endCursor } degradations { code } }
}`;
const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }';
const UPSERT = 'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { accepted } }';

interface Page {
  readonly search: {
    readonly id: string;
    readonly edges: readonly { readonly itemId: string }[];
    readonly pageInfo: { readonly endCursor: string };
    readonly degradations: readonly { readonly code: string }[];
  };
}

/** What became of all that a crowd asked. */
export class Outcome {
  /** Whole answers. */
  answered = 0;
  /** Connections that broke before there was an answer, as they do when a gateway is killed. */
  broken = 0;
  /** Questions to a gateway that was not there: before gateways, too, a balancer would take another. */
  refused = 0;
  /** Answers that did not come. */
  missing = 0;
  readonly errors = new Map<string, number>();
  readonly degradations = new Map<string, number>();
  /** What was acknowledged. */
  readonly events: string[] = [];
  readonly items: string[] = [];
  readonly uploads: string[] = [];
}

/** No deadline is as long, milliseconds. */
const NEVER = 60_000;

/** Shoppers who each ask one thing after another, now at one door and now at the other, until they are told to stop. */
export class Crowd {
  readonly outcome = new Outcome();
  readonly #doors: readonly FrontDoor[];
  readonly #stop = new AbortController();
  readonly #shoppers: Promise<unknown>;

  constructor(doors: readonly FrontDoor[], shoppers: number) {
    this.#doors = doors;
    this.#shoppers = Promise.all(Array.from({ length: shoppers }, (_, n) => this.#shop(`shopper${String(n)}`)));
  }

  async goHome(): Promise<Outcome> {
    this.#stop.abort();
    await this.#shoppers;
    return this.outcome;
  }

  async #shop(userId: string): Promise<void> {
    for (let turn = 0; !this.#stop.signal.aborted; turn++) {
      const [here, there] = this.#doorsAt(turn);
      const page = await this.#ask<Page>(here, SEARCH, { input: { text: 'red mug', userId } });
      if (page) await this.#goOn(there, page, { userId, turn });
      if (turn % 4 === 0) await this.#change(there, `${userId}-${String(turn)}`);
      if (turn % 5 === 0) await this.#upload(here, there);
    }
  }

  /** The next page and a click, at the other door. */
  async #goOn(
    door: FrontDoor,
    { search: { id: queryId, edges, pageInfo } }: Page,
    { userId, turn }: { readonly userId: string; readonly turn: number },
  ): Promise<void> {
    const next = { input: { text: 'red mug', userId }, after: pageInfo.endCursor };
    await this.#ask<Page>(door, SEARCH, next);
    const id = `${userId}-${String(turn)}`;
    const event = { id, queryId, userId, action: 'CLICK', itemId: edges[0]?.itemId, position: 1 };
    const occurredAt = new Date().toISOString();
    if (await this.#ask(door, RECORD, { events: [{ ...event, occurredAt }] })) this.outcome.events.push(id);
  }

  async #change(door: FrontDoor, id: string): Promise<void> {
    if (await this.#ask(door, UPSERT, { items: [{ id, title: `Ukulele ${id}` }] })) this.outcome.items.push(id);
  }

  async #upload(here: FrontDoor, there: FrontDoor): Promise<void> {
    const body = Buffer.from(await paint('vase', 'violet'));
    const reply = await this.#reached(here.send('/images', { method: 'POST', headers: PNG, body }));
    if (!reply) return;
    const { id, errors = [] } = JSON.parse(reply.text) as Partial<Answer<unknown>> & { readonly id?: string };
    this.#note(codesOf({ errors }));
    if (id === undefined) return;
    this.outcome.uploads.push(id);
    await this.#ask<Page>(there, SEARCH, { input: { parts: [{ imageId: id }] } });
  }

  #doorsAt(turn: number): readonly [FrontDoor, FrontDoor] {
    const [one, other] = this.#doors;
    if (!one || !other) throw new Error('there are no two doors');
    return turn % 2 === 0 ? [one, other] : [other, one];
  }

  async #ask<Data>(door: FrontDoor, query: string, variables: object): Promise<Data | undefined> {
    const answer = await this.#reached(door.ask<Data & Partial<Page>>(query, variables));
    if (!answer) return undefined;
    this.#note(codesOf(answer));
    if (answer.errors.length > 0) return undefined;
    for (const { code } of answer.data.search?.degradations ?? []) count(this.outcome.degradations, code);
    return answer.data;
  }

  async #reached<T>(asked: Promise<T>): Promise<T | undefined> {
    const tired = new AbortController();
    const never = sleep(NEVER, 'never' as const, { signal: tired.signal }).catch(() => 'never' as const);
    try {
      const came = await Promise.race([asked, never]);
      if (came !== 'never') return came;
      this.outcome.missing++;
    } catch (error) {
      // What fetch throws where no answer came back tells the connection's fate; all else is a wrong answer.
      const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      if (code === 'ECONNREFUSED') this.outcome.refused++;
      else this.outcome.broken++;
    } finally {
      tired.abort();
    }
    return undefined;
  }

  #note(codes: readonly string[]): void {
    if (codes.length === 0) this.outcome.answered++;
    for (const code of codes) count(this.outcome.errors, code);
  }
}

const PNG = { 'content-type': 'image/png' };

function count(counts: Map<string, number>, code: string): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}
