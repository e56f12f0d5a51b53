import { useEffect, useRef, useState } from 'preact/hooks';

import { Header } from './parts/header.tsx';
import { Home } from './parts/home.tsx';
import { ItemDrawer } from './parts/item-drawer.tsx';
import { DropCurtain } from './parts/picture-drop.tsx';
import { ResultsPage } from './parts/results-page.tsx';
import { isDemo, useCatalogue } from './shop/catalogue.ts';
import { recordEvent, type Met } from './shop/events.ts';
import { usePictures } from './shop/pictures.ts';
import { isHome, usePlace } from './shop/place.ts';
import { shopperOf, YOU } from './shop/viewer.ts';

/** Opens an item's page and remembers which query led there. */
export type Open = (itemId: string, met: Met) => void;

export function Shop() {
  const catalogue = useCatalogue();
  const demo = isDemo(catalogue);
  const [place, go] = usePlace();
  const [notice, setNotice] = useState<string>();
  /** By item: "back" leads to an item that was met elsewhere than the last one. */
  const met = useRef(new Map<string, Met>());
  const shopper = shopperOf(place.shopper);
  const pictures = usePictures(go);
  const open: Open = (itemId, where) => {
    met.current.set(itemId, where);
    void recordEvent(shopper, { action: 'CLICK', itemId, ...where });
    go({ item: itemId });
  };
  useEffect(() => {
    document.title = place.query ? `${place.query} · Medley` : 'Medley, a shop that sees what you mean';
  }, [place.query]);
  useEffect(() => {
    if (!notice) return;
    const gone = setTimeout(() => setNotice(undefined), 3_500);
    return () => clearTimeout(gone);
  }, [notice]);
  const act = (action: 'ADD_TO_CART' | 'PURCHASE', itemId: string): void => {
    void recordEvent(shopper, { action, itemId, ...met.current.get(itemId) }).then((noted) =>
      setNotice(said(action, noted)),
    );
  };
  return (
    <>
      <a class="skip" href="#content">
        Skip to the items
      </a>
      <Header place={place} go={go} shopper={shopper} pictures={pictures} />
      <main id="content" tabIndex={-1}>
        {isHome(place) ? (
          <Home shopper={shopper} go={go} open={open} pictures={pictures} />
        ) : (
          <ResultsPage place={place} go={go} shopper={shopper} open={open} pictures={pictures} />
        )}
      </main>
      <footer class="foot">
        <p>
          {demo
            ? 'Medley demo shop. Every item and picture here is drawn by code.'
            : `${catalogue.name}: ${catalogue.items.toLocaleString('en')} items, served by Medley.`}
        </p>
        <p>
          <a href="/graphql">GraphQL</a>
        </p>
      </footer>
      {place.item && (
        <ItemDrawer
          key={place.item}
          id={place.item}
          shopper={shopper}
          open={open}
          act={act}
          close={() => go({ item: null })}
        />
      )}
      <DropCurtain pictures={pictures} />
      <div class="toast" role="status" data-shown={notice !== undefined}>
        {notice}
      </div>
    </>
  );

  function said(action: 'ADD_TO_CART' | 'PURCHASE', noted: boolean): string {
    const done = action === 'PURCHASE' ? 'Bought' : 'In your basket';
    if (!noted) return `${done}. It was not remembered.`;
    return shopper === YOU ? `${done}. Your next search takes it into account.` : `${done}, as ${shopper.name}.`;
  }
}
