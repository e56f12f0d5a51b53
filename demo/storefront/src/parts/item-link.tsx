import { amount } from '../shop/money.ts';
import type { Item } from '../shop/types.ts';
import { addressOf, readPlace } from '../shop/place.ts';

export function Price({ item }: { readonly item: Item }) {
  if (!item.price) return null;
  return <span class="price">{amount(item.price.amount, item.price.currency)}</span>;
}

/** A picture with brand, title and price; a plain link that opens the item's page in the drawer. */
export function ItemLink({ item, onOpen }: { readonly item: Item; readonly onOpen: () => void }) {
  const image = item.images[0];
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a class="item" href={addressOf({ ...readPlace(location.search), item: item.id })} onClick={open}>
      <span class="picture" data-out={item.inStock === false}>
        {image && <img src={image.url} alt="" width="256" height="256" loading="lazy" decoding="async" />}
        {item.inStock === false && <span class="badge">Sold out</span>}
      </span>
      <span class="item-brand">{item.brand}</span>
      <span class="item-title">{withoutBrand(item)}</span>
      <Price item={item} />
    </a>
  );
}

/** The brand stands above the title already. */
export function withoutBrand({ title, brand }: Item): string {
  return brand && title.startsWith(`${brand} `) ? title.slice(brand.length + 1) : title;
}
