import { DEMO_VIEWERS, type DemoViewer } from '../../../catalogue/viewers.ts';

/** Whoever is shopping: this browser, or one of the simulated viewers. */
export interface Shopper {
  readonly key: string;
  readonly name: string;
  readonly motto: string;
  readonly queries: readonly string[];
  /** A shopper who stays unknown whatever is clicked. */
  readonly forgetful: boolean;
}

export const YOU: Shopper = {
  key: 'you',
  name: 'You',
  motto: 'This browser: Medley learns from your own clicks',
  queries: [],
  forgetful: false,
};

export const SHOPPERS: readonly Shopper[] = [YOU, ...DEMO_VIEWERS.map(simulated)];

function simulated({ id, name, motto, queries, preference }: DemoViewer): Shopper {
  return { key: id, name, motto, queries, forgetful: preference.by === 'nothing' };
}

export function shopperOf(key: string | null): Shopper {
  return SHOPPERS.find((shopper) => shopper.key === key) ?? YOU;
}

/** How the API is told who asks. A simulated viewer has its own client id, so that your profile and theirs never mix. */
export function identity(shopper: Shopper): { readonly userId?: string; readonly clientId: string } {
  if (shopper === YOU) return { clientId: clientId() };
  return { userId: shopper.key, clientId: `${clientId()}-as-${shopper.key}` };
}

const KEY = 'medley.client';
let unsaved: string | undefined;

function clientId(): string {
  try {
    const known = localStorage.getItem(KEY);
    if (known) return known;
    const fresh = uniqueId();
    localStorage.setItem(KEY, fresh);
    return fresh;
  } catch {
    unsaved ??= uniqueId();
    return unsaved;
  }
}

/** randomUUID exists on secure origins only; a shop on a plain address of the local network still needs ids. */
export function uniqueId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
