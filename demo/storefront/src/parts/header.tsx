import type { Pictures } from '../shop/pictures.ts';
import type { Go, Place } from '../shop/place.ts';
import { addressOf } from '../shop/place.ts';
import type { Shopper } from '../shop/viewer.ts';
import { SearchBox } from './search-box.tsx';
import { ShopperSwitch } from './shopper-switch.tsx';

interface Props {
  readonly place: Place;
  readonly go: Go;
  readonly shopper: Shopper;
  readonly pictures: Pictures;
}

export function Header({ place, go, shopper, pictures }: Props) {
  const home = { query: '', picture: null, chosen: {}, sort: 'relevance', item: null } as const;
  return (
    <header class="head">
      <a
        class="brand"
        href={addressOf({ ...place, ...home })}
        onClick={(event) => {
          event.preventDefault();
          go(home);
          scrollTo({ top: 0 });
        }}
      >
        <svg viewBox="0 0 30 26" width="30" height="26" aria-hidden="true">
          <path class="mark-words" d="M1 25V1h7v24z" />
          <path class="mark-meaning" d="M8 1h5a7 12 0 0 1 0 24H8z" />
          <circle class="mark-looks" cx="23" cy="18.5" r="6.5" />
        </svg>
        <span>Medley</span>
      </a>
      <SearchBox key={place.query} place={place} go={go} pictures={pictures} />
      <ShopperSwitch shopper={shopper} go={go} />
    </header>
  );
}
