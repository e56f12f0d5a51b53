import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host of pictures on loopback, as a shop's own would be. */
export interface PictureHost {
  readonly url: string;
  /** How often it was asked. */
  readonly asked: number;
  /** When it was asked so many times more, nobody gets an answer until it is let go. */
  hold(after?: number): void;
  letGo(): void;
  close(): Promise<void>;
}

/** Answers every path of `pictures` with its bytes, and 404 to the rest. */
export async function openPictureHost(pictures: Readonly<Record<string, Uint8Array>>): Promise<PictureHost> {
  let asked = 0;
  let gate = Promise.resolve();
  let held = 0;
  let open: () => void = () => undefined;
  const server = createServer(({ url = '' }, response) => {
    asked++;
    const picture = pictures[url];
    void (asked > held ? gate : Promise.resolve()).then(() =>
      response.writeHead(picture ? 200 : 404, { 'content-type': 'image/png' }).end(picture),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    get asked() {
      return asked;
    },
    hold: (after = 0) => {
      held = asked + after;
      gate = new Promise((resolve) => (open = resolve));
    },
    letGo: () => {
      open();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
