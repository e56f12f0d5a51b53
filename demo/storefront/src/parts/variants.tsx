import { addressOf, readPlace } from '../shop/place.ts';
import type { Variant } from '../shop/types.ts';

interface Props {
  readonly variants: readonly Variant[] | undefined;
  readonly label: string;
  readonly onOpen: (id: string) => void;
}

/** What else a thing comes as, small pictures that open that one; nothing where it comes as one alone. */
export function Variants({ variants = [], label, onOpen }: Props) {
  if (variants.length === 0) return null;
  return (
    <ul class="variants" aria-label={label}>
      {variants.map((variant) => (
        <li key={variant.id}>
          <Small variant={variant} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function Small({ variant, onOpen }: { readonly variant: Variant } & Pick<Props, 'onOpen'>) {
  const { id, title, images } = variant;
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(id);
  };
  return (
    <a class="variant" href={addressOf({ ...readPlace(location.search), item: id })} title={title} onClick={open}>
      {images[0] ? <img src={images[0].url} alt={title} width="40" height="40" loading="lazy" /> : title}
    </a>
  );
}
