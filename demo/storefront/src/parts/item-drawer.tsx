import { useEffect, useRef } from 'preact/hooks';

import { ask } from '../shop/ask.ts';
import { useAsked } from '../shop/asked.ts';
import { labelOf } from '../shop/catalogue.ts';
import { ONE_ITEM } from '../shop/documents.ts';
import type { Item, Variant } from '../shop/types.ts';
import type { Shopper } from '../shop/viewer.ts';
import type { Open } from '../shop.tsx';
import { CloseIcon } from './icons.tsx';
import { Price, withoutBrand } from './item-link.tsx';
import { BoughtTogether, SimilarItems } from './similar-items.tsx';
import { swatch } from './swatches.ts';
import { Variants } from './variants.tsx';

interface Props {
  readonly id: string;
  readonly shopper: Shopper;
  readonly open: Open;
  readonly act: (action: 'ADD_TO_CART' | 'PURCHASE', itemId: string) => void;
  readonly close: () => void;
}

/** The page of one item, in a dialog beside the results. */
export function ItemDrawer({ id, shopper, open, act, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { answer, waiting, problem } = useAsked(id, async (signal) => {
    const { item, variants } = await ask<{ item: Item | null; variants: readonly Variant[] }>(ONE_ITEM, { id }, signal);
    return item ? { item, variants } : undefined;
  });
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const backdrop = (event: MouseEvent): void => {
    if (event.target === dialog.current) close();
  };
  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-labelledby="drawer-title"
      onClose={close}
      onCancel={close}
      onClick={backdrop}
    >
      <div class="drawer-inner">
        <button type="button" class="icon-button drawer-close" aria-label="Close" onClick={close}>
          <CloseIcon />
        </button>
        {answer ? (
          <>
            <About {...answer} open={open} act={act} />
            <SimilarItems item={answer.item} shopper={shopper} open={open} />
            <BoughtTogether item={answer.item} shopper={shopper} open={open} />
          </>
        ) : (
          <div class="empty">
            <h2 id="drawer-title">{waiting ? 'One moment…' : 'This item is gone'}</h2>
            <p>{problem ?? (waiting ? '' : 'It is no longer in the shop.')}</p>
          </div>
        )}
      </div>
    </dialog>
  );
}

interface AboutProps extends Pick<Props, 'act' | 'open'> {
  readonly item: Item;
  readonly variants: readonly Variant[];
}

function About({ item, variants, open, act }: AboutProps) {
  const image = item.images[0];
  return (
    <article class="about">
      <div class="picture about-picture">
        {image && <img src={image.url} alt={image.alt} width="256" height="256" />}
      </div>
      <div class="about-words">
        <p class="item-brand">{item.brand}</p>
        <h2 id="drawer-title">{withoutBrand(item)}</h2>
        <p class="about-price">
          <Price item={item} />{' '}
          <span class="stock" data-in={item.inStock !== false}>
            {item.inStock === false ? 'Sold out' : 'In stock'}
          </span>
        </p>
        <p>{item.description}</p>
        <Variants variants={variants} label="Comes as this, too" onOpen={(id) => open(id, {})} />
        <Attributes item={item} />
        <div class="about-buttons">
          <button
            type="button"
            class="button button-full"
            disabled={item.inStock === false}
            onClick={() => act('ADD_TO_CART', item.id)}
          >
            Add to basket
          </button>
          <button
            type="button"
            class="button"
            disabled={item.inStock === false}
            onClick={() => act('PURCHASE', item.id)}
          >
            Buy now
          </button>
        </div>
      </div>
    </article>
  );
}

function Attributes({ item }: { readonly item: Item }) {
  const rows = Object.entries(item.attributes).filter(([, value]) => typeof value === 'string' && value !== '');
  return (
    <dl class="attributes">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{labelOf(name)}</dt>
          <dd>
            {/colou?r/i.test(name) && <i class="swatch" style={{ background: swatch(String(value)) }} />}
            {String(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
